"""Stories told in Welsh, for the Welsh force: four people who chose to be written to in that language."""

from trackmycrime.cli.demonstration import stories as s

STORIES = (
    s.Story(
        "beic", s.THEFT_OF_CYCLE, 20, "Beic wedi'i ddwyn o'r tu allan i'r ganolfan hamdden.",
        (s.Part("beiciwr", ages=(20, 50), language="cy"),),
        (
            s.Assigned(19),
            s.Said(19, "Prynhawn da. {name} ydw i, a fi sy'n ymchwilio i'r achos. Diolch am y lluniau o'r beic.",
                   language="cy"),
            s.Said(12, "Rydym wedi gofyn i'r ganolfan hamdden am luniau o'r camerâu. Byddaf yn ysgrifennu eto erbyn "
                   "diwedd yr wythnos nesaf.", language="cy"),
            s.Said(5, "Mae tyst wedi cysylltu â ni ac wedi rhoi datganiad. Diolch am eich amynedd.",
                   kind="witness_identified", language="cy"),
        ),
        (s.Goods("beic", "Beic mynydd glas", "bicycle", value_pence=52_000),),
        officer=0,
    ),
    s.Story(
        "ffenestr", s.THEFT_FROM_VEHICLE, 37, "Torrwyd ffenestr car a chymerwyd bag o'r sedd gefn.",
        (s.Part("athrawes", ages=(27, 58), language="cy"),),
        (
            s.Said(36, "Diolch am roi gwybod i ni. Mae'n ddrwg gennym fod hyn wedi digwydd i chi.", language="cy"),
            s.Said(35, "Mae swyddog wedi edrych ar y car am olion bysedd. Gallwch drwsio'r ffenestr nawr.",
                   language="cy"),
            s.Ended(11, 18, "Rydym wedi gwneud popeth y gallwn am y tro, ond nid ydym wedi gallu dod o hyd i bwy "
                    "wnaeth hyn. Mae'n ddrwg gennym. Os daw gwybodaeth newydd, byddwn yn edrych ar yr achos eto."),
            s.Shut(11, "Mae'r achos wedi'i gau am y tro."),
        ),
        (s.Goods("bag", "Bag ysgol lledr brown", "other", value_pence=4_000),),
        officer=3,
    ),
    s.Story(
        "fferm", s.BURGLARY_OTHER, 14, "Torrwyd i mewn i sied ar fferm a chymerwyd offer.",
        (s.Part("ffermwr", ages=(30, 69), language="cy"),),
        (
            s.Said(13, "Diolch am y croeso ar y fferm ddoe. Mae rhestr yr offer gyda fi nawr.", language="cy"),
            s.Said(6, "Newyddion da: rydym wedi dod o hyd i'r llif. Byddaf yn eich ffonio i drefnu ei dychwelyd.",
                   kind="property_recovered", language="cy"),
        ),
        (s.Goods("llif", "Llif gadwyn oren", "tools", "recovered", value_pence=33_000),
         s.Goods("ysgol", "Ysgol alwminiwm", "tools", value_pence=12_000)),
        officer=3,
    ),
    s.Story(
        "tocynnau", s.FRAUD, 5, "Talwyd am docynnau rygbi na chyrhaeddodd.",
        (s.Part("cefnogwr", ages=(22, 64), language="cy"),),
        (s.Said(4, "Rydym wedi siarad â'ch banc, ac maen nhw'n edrych ar y taliad. Cadwch bob neges gan y gwerthwr.",
                language="cy"),),
        officer=6,
    ),
)  # fmt: skip
