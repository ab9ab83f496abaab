"""Of the guards and effects that other folders register, and of the roles that they know."""
# ruff: noqa: E501 - a sentence and its Arabic are easier to compare in one line each

ARABIC = {
    "a special audit is due on a day; write 'within' without hours": "موعد التدقيق الاستثنائي يوم كامل؛ تكتب `within` دون ساعات",
    "upkeep falls due on a day; write 'first', 'every' and 'call' without hours": "موعد المتابعة يوم كامل؛ تكتب `first` و`every` و`call` دون ساعات",
    "it would be called for before the certificate is issued; make 'call' no longer than 'first'": "تطلب المتابعة قبل إصدار الشهادة؛ تجعل `call` لا تزيد على `first`",
    "it would be called for before the one before it is due; make 'call' shorter than 'every'": "سيُطلب قبل موعد سابقه؛ يلزم أن تكون مدة `call` أقصر من مدة `every`",
    "nobody holds the role '{role}', so nobody could take '{step}'; grant it to somebody": "لا أحد له الدور {role}، فلا أحد يستطيع إجراء {step}؛ يمنح لأحد",
    "there is no step '{step}'; {instead}": "لا توجد خطوة باسم {step}؛ {instead}",
    "unknown choice '{choice}'; {instead}": "الاختيار {choice} غير معروف؛ {instead}",
    "share is a fraction such as 1/2, 2/3 or 1": "القيمة `share` كسر، مثل `1/2` أو `2/3` أو `1`",
    "share lies above 0 and is at most 1": "القيمة `share` أكبر من `0` ولا تزيد على `1`",
    "'{step}' keeps a vote that nothing has checked; require may_vote there": "تحفظ {step} صوتا لم يتحقق منه شيء؛ يطلب فيها `may_vote`",
    "'{step}' closes a ballot that nothing has checked; require ballot_running there": "تغلق {step} تصويتا لم يتحقق منه شيء؛ يطلب فيها `ballot_running`",
    "votes in '{state}' are secret until all are in, and no step ends a ballot in which somebody does not vote; add one that leaves '{state}' for '{state}' and has the effect '{effect}'": "التصويت في {state} سري حتى يكتمل، ولا خطوة تنهي تصويتا لا يصوت فيه أحد الأعضاء؛ تضاف خطوة من {state} إلى {state} لها الأثر {effect}",
    "unknown role '{role}'; {instead}": "الدور {role} غير معروف؛ {instead}",
    "a casting vote decides where votes are equal, which is never a share of {share}; remove 'casting', or ask for a share of 1/2": "الصوت المرجح يحسم تساوي الأصوات، والتساوي لا يبلغ أبدا حصة {share}؛ يحذف `casting` أو تطلب حصة `1/2`",
    "a certificate says what was scored, but 'rubrics:' lists no rubric; add one": "تذكر الشهادة ما قيم، ولا أداة تقييم في `rubrics:`؛ تضاف أداة",
    "the workflow lists no rubric '{rubric}'; one of {names}": "لا أداة تقييم باسم {rubric} في مسار العمل؛ المتاح: {names}",
    "the workflow lists no rubric '{rubric}'; add it to 'rubrics'": "لا أداة تقييم باسم {rubric} في مسار العمل؛ تضاف إلى `rubrics`",
    "unknown role '{role}'; one of {names}": "الدور {role} غير معروف؛ المتاح: {names}",
    "no rubric here says how far reviewers may differ; add 'reconcile_above' to one": "لا أداة تقييم هنا تذكر قدر الاختلاف المسموح به بين المراجعين؛ يضاف `reconcile_above` إلى إحداها",
    "nobody could go on a visit: no step asks for reviewers; require one of {names}": "لا أحد يستطيع القيام بزيارة: لا خطوة تطلب مراجعين؛ يطلب أحد هذه: {names}",
    "'{outcome}' is no outcome of {rubric}; one of {names}": "لا تصنيف باسم {outcome} في {rubric}؛ المتاح: {names}",
}
