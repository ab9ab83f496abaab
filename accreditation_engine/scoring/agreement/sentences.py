"""The sentences of `words`, by language."""

from __future__ import annotations

NAMES = {
    "en": {
        "alpha": "Krippendorff's alpha",
        "fleiss_kappa": "Fleiss' kappa",
        "cohens_kappa": "Cohen's kappa",
        "icc": "{code}",
    },
    "ar": {
        "alpha": "معامل ألفا لكريبندورف",
        "fleiss_kappa": "معامل كابا لفليس",
        "cohens_kappa": "معامل كابا لكوهين",
        "icc": "معامل الارتباط داخل الفئة {code}",
    },
}
VARIANTS = {
    "en": {
        each: each
        for each in ("nominal", "ordinal", "interval", "ratio", "linear", "quadratic", "unweighted")
    },
    "ar": {
        "nominal": "المستوى الاسمي",
        "ordinal": "المستوى الترتيبي",
        "interval": "المستوى الفتري",
        "ratio": "المستوى النسبي",
        "linear": "أوزان خطية",
        "quadratic": "أوزان تربيعية",
        "unweighted": "بلا أوزان",
    },
}
PHRASES = {
    "en": {
        "figure": "{name}: {value} {made_from}",
        "undefined": "{name}: undefined, because {why} {made_from}",
        "interval": ", with 95 % confidence {low} to {high}",
        "made_from": "(ratings {ratings}, units {units}, raters {raters})",
        "harsher": "Rates {points} points lower than peers on average",
        "milder": "Rates {points} points higher than peers on average",
        "unclear": "No clear difference from peers: {points} points on average",
        "compared": "(ratings {ratings}, accreditation files {dossiers}, peers {peers})",
        "verdict": "{allows}: {why}",
    },
    "ar": {
        "figure": "{name}: {value} {made_from}",
        "undefined": "{name}: غير معرف، لأن {why} {made_from}",
        "interval": "، وبثقة \u206695%\u2069 بين {low} و{high}",
        "made_from": "(الدرجات {ratings}، الوحدات {units}، المراجعون {raters})",
        "harsher": "الدرجات أدنى من درجات الزملاء بمتوسط {points} من نقاط المقياس",
        "milder": "الدرجات أعلى من درجات الزملاء بمتوسط {points} من نقاط المقياس",
        "unclear": "لا فرق واضح عن درجات الزملاء: متوسط الفرق {points} من نقاط المقياس",
        "compared": "(الدرجات {ratings}، ملفات الاعتماد {dossiers}، الزملاء {peers})",
        "verdict": "{allows}: {why}",
    },
}
UNDEFINED = {
    "en": {
        "no_ratings": "nothing was rated",
        "one_rater": "only one person rated",
        "no_pair": "no unit was rated by two",
        "one_unit": "only one unit was rated by two, so there is nothing to tell units apart by",
        "all_alike": "all ratings are alike, so agreement cannot be told from chance",
        "incomplete": "it takes a rating of every unit by every rater",
        "not_numbers": "it takes distances between ratings, which the nominal level does not have",
        "units_alike": "the units do not differ from each other",
        "not_two_raters": "it compares two raters",
    },
    "ar": {
        "no_ratings": "شيئا لم يقيم بعد",
        "one_rater": "مراجعا واحدا فقط سجل درجات",
        "no_pair": "أي وحدة لم تنل درجتين من مراجعين مختلفين",
        "one_unit": "وحدة واحدة فقط نالت درجتين أو أكثر، فلا يقاس تمييز الوحدات بعضها من بعض",
        "all_alike": "الدرجات كلها متماثلة، فلا يمكن تمييز الاتساق من المصادفة",
        "incomplete": "حسابه يتطلب درجة لكل وحدة من كل مراجع",
        "not_numbers": "حسابه يتطلب مسافات بين الدرجات، ولا مسافات في المستوى الاسمي",
        "units_alike": "الوحدات لا تختلف بعضها عن بعض",
        "not_two_raters": "حسابه يكون بين مراجعين اثنين",
    },
}
CAUTIONS = {
    "en": {
        "one_value_dominates": "{percent} % of the ratings are {value}; with so little variation a few ratings "
        "decide the figure, and a low one need not mean that raters differ much",
        "narrow_range": "nearly all ratings lie between {low} and {high}, a small part of the scale; with so "
        "little variation a low figure need not mean that raters differ much",
        "few_units": "the figure rests on few units ({units}), so chance has much to do with it",
        "no_disagreement": "no disagreement was seen, so there is no telling how much there might be",
        "constant_rater": "one rater gave the same rating throughout; kappa is then 0 however close the other is",
        "ordinal_as_interval": "intraclass correlations take the steps of the scale as equally far apart",
        "one_dossier": "all comparisons are within one accreditation file, so there is no telling whether the "
        "difference is a habit",
        "few_dossiers": "the comparison rests on few accreditation files ({dossiers})",
        "no_variation": "the difference is the same in every accreditation file, so its uncertainty cannot be "
        "estimated",
        "one_peer": "there is one peer only, so there is no telling which of the two is unusual",
    },
    "ar": {
        "one_value_dominates": "نسبة الدرجة {value} بين الدرجات {percent}%، ومع هذا التباين القليل تحدد درجات "
        "معدودة قيمة المعامل، فلا يعني انخفاضه بالضرورة اختلافا كبيرا بين المراجعين",
        "narrow_range": "تكاد الدرجات كلها تقع بين {low} و{high}، وهو جزء صغير من المقياس، فلا يعني "
        "انخفاض المعامل بالضرورة اختلافا كبيرا بين المراجعين",
        "few_units": "عدد الوحدات قليل ({units})، فللمصادفة أثر كبير في قيمة المعامل",
        "no_disagreement": "لم يظهر أي اختلاف، فلا يمكن تقدير ما قد يوجد منه",
        "constant_rater": "أحد المراجعين لم يغير درجته، فقيمة كابا صفر مهما اقتربت منها درجات الآخر",
        "ordinal_as_interval": "يفترض معامل الارتباط داخل الفئة أن درجات المقياس متساوية البعد",
        "one_dossier": "المقارنة كلها داخل ملف اعتماد واحد، فلا يعرف هل الفرق عادة ثابتة",
        "few_dossiers": "عدد ملفات الاعتماد التي تقوم عليها المقارنة قليل ({dossiers})",
        "no_variation": "الفرق واحد في كل ملفات الاعتماد، فلا يمكن تقدير هامش الخطأ",
        "one_peer": "المقارنة مع زميل واحد، فلا يعرف أيهما يخرج عن المعتاد",
    },
}
RELIABILITY = {
    "en": {
        "reliable": "Conclusions can rest on these ratings",
        "tentative": "These ratings allow tentative conclusions only",
        "unreliable": "These ratings agree too little to rest conclusions on",
        "chance": "These ratings agree no more than chance would have it",
    },
    "ar": {
        "reliable": "اتساق المراجعين كاف للاعتماد على هذه الدرجات",
        "tentative": "اتساق المراجعين يسمح باستنتاجات مبدئية فقط",
        "unreliable": "اتساق المراجعين أضعف من أن يعتمد معه على هذه الدرجات",
        "chance": "اتساق المراجعين لا يزيد على ما تأتي به المصادفة",
    },
}
REASONS = {
    "en": {
        "none": "alpha is {alpha}, and 0 is what chance alone gives",
        "low": "alpha is {alpha}, below {tentative}",
        "middle": "alpha is {alpha}, below {reliable}",
        "wide": "alpha is {alpha}, but with 95 % confidence it may be as low as {low}, below {tentative}",
        "few": "alpha is {alpha}, but rests on few units ({units})",
        "high": "alpha is {alpha}, at least {reliable}, and with 95 % confidence it is not below {low}",
        "high_without_interval": "alpha is {alpha}, at least {reliable}, and rests on enough units ({units})",
    },
    "ar": {
        "none": "قيمة ألفا {alpha}، والصفر هو ما تأتي به المصادفة وحدها",
        "low": "قيمة ألفا {alpha}، وهي أقل من {tentative}",
        "middle": "قيمة ألفا {alpha}، وهي أقل من {reliable}",
        "wide": "قيمة ألفا {alpha}، غير أنها قد تنزل بثقة \u206695%\u2069 إلى {low}، أي أقل من {tentative}",
        "few": "قيمة ألفا {alpha}، غير أن عدد الوحدات قليل ({units})",
        "high": "قيمة ألفا {alpha}، وهي لا تقل عن {reliable}، ولا تنزل بثقة \u206695%\u2069 عن {low}",
        "high_without_interval": "قيمة ألفا {alpha}، وهي لا تقل عن {reliable}، وعدد الوحدات كاف ({units})",
    },
}
"""Why ratings can be relied on so far, as a clause after a colon."""
NO_INTERVAL = {
    "en": {
        "few_units": "an interval takes {least} units at least, and here are {units}",
        "no_disagreement": "no disagreement was seen from which to estimate one",
        "seldom_defined": "the ratings vary so little that too many resamples have no figure",
        "same_difference": "raters differ by the same on every unit, so nothing is left to estimate one from",
        "approximation": "the usual approximation does not hold where units differ less than raters",
        "not_asked": "none was asked for",
    },
    "ar": {
        "few_units": "تتطلب فترة الثقة {least} وحدات على الأقل، وعددها هنا {units}",
        "no_disagreement": "لم يظهر أي اختلاف تقدر منه فترة الثقة",
        "seldom_defined": "الدرجات قليلة التباين، فلا قيمة للمعامل في عدد كبير من العينات المعادة",
        "same_difference": "الفرق بين المراجعين واحد في كل الوحدات، فلا يبقى ما تقدر منه فترة الثقة",
        "approximation": "التقريب المعتاد لا يصح حين تختلف الوحدات أقل مما يختلف المراجعون",
        "not_asked": "لم تطلب فترة ثقة",
    },
}
"""Why a figure has no confidence interval, as a clause."""
UNIT_COLUMNS = {
    "en": {
        "said": "as {units} says",
        "called": "which is called so",
        "numbered": "which numbers them",
        "words": "which holds words and no ratings",
    },
    "ar": {
        "said": "كما حدد في {units}",
        "called": "كما يدل اسمه",
        "numbered": "فهو يرقم الأسطر",
        "words": "ففيه كلمات لا درجات",
    },
}
"""Why a column was taken for one that names the units."""
