// What a script sends along with every change, as the forms of the page do.
export const secret = () =>
  /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? document.querySelector('[name="csrfmiddlewaretoken"]')?.value ?? "";
