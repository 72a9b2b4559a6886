"""Plain titles for the measures of the Local Authority Interactive Tool, beside the department's own."""

from __future__ import annotations

import re

from analysis.build.lait_words import LONG_FORMS

_SUPPORT = r"(?:SEN|SEND) [Ss]upport"
_PLAN = r"(?:SEN )?[Ss]tatement(?:ed)?/EHCP"
PHRASES = (
    (r"\((?:SEN|SEND)\)", ""),
    (r"Statement of +of \(EHC\) Plans", "a statement or an education, health and care plan"),
    (r"\(EET\)", ""),
    (r"^% of SEN pupils without", "% of pupils with special educational needs without"),
    (r"without statement/EHCP", "without a statement or education, health and care plan"),
    (r"% KS4 (None SEN|All|SEN) Pupils", r"% of KS4 \1 pupils"),
    (r"KS4 None SEN pupils", "KS4 pupils without special educational needs"),
    (r"KS4 All pupils", "KS4 pupils"),
    (r"^% (?=\d|CLA|KS4)", "% of "),
    (r"\bNOT\b", "not"),
    (rf"SEN pupils [Ww]ith {_SUPPORT}", "pupils with special educational needs support"),
    (r"SEN pupils [Ww]ith EHCP", "pupils with an education, health and care plan"),
    (
        r"KS2 RWM Expected Level - attainment (?:in RWM )?(?:for )?",
        "KS2 reading, writing and mathematics, expected level - ",
    ),
    (r"- (pupils (?:not )?eligible)", r"- \1"),
    (r"without (?:a )?Statement/EHCP", "without a statement or education, health and care plan"),
    (r"who have statement/EHCP of SEN", "who have a statement or education, health and care plan"),
    (r"SEN Non Statemented/EHCP Children", "children with special educational needs but no statement or plan"),
    (r"Statemented/EHCP Children", "children with a statement or education, health and care plan"),
    (rf"with (?:an? )?{_PLAN}", "with a statement or education, health and care plan"),
    (rf"by {_PLAN} pupils", "by pupils with a statement or education, health and care plan"),
    (rf"(?:by )?{_SUPPORT} pupils", "by pupils with special educational needs support"),
    (r"by non SEN pupils", "by pupils without special educational needs"),
    (rf"with {_SUPPORT}", "with special educational needs support"),
    (r"^by pupils", "pupils"),
    (r"by non FSM pupils", "by pupils not eligible for free school meals"),
    (r"by FSM pupils", "by pupils eligible for free school meals"),
    (r"Non ?- ?FSM|Non FSM", "pupils not eligible for free school meals"),
    (r"(?:, )?pupils - FSM|FSM pupils|- FSM$", "- pupils eligible for free school meals"),
    (r"pupils - pupils", "pupils"),
    (r"- - ", "- "),
    (r"(?<=\w)- (?=pupils)", " - "),
    (r"^SEN pupils", "pupils with special educational needs"),
    (r"^EHCP pupils", "pupils with an education, health and care plan"),
    (r"Good level of Development SEN with", "good level of development, pupils with special educational needs with"),
    (
        r"Good level of Development SEN without",
        "good level of development, pupils with special educational needs without",
    ),
    (r"Phonics Decoding - EHCPs", "Phonics decoding - pupils with an education, health and care plan"),
    (r"SEN cohort", "pupils with special educational needs"),
    (r"(?:Children|children) with (?:a )?CPP", "Children on a child protection plan"),
    (r"subject to CPP", "on a child protection plan"),
    (r"CLA ceased", "children who left care"),
    (r"CLA pupil ", "looked-after children "),
    (r"CIN pupils", "children in need"),
    (r"^CIN Progression - Progress 8 score", "children in need - Progress 8 score"),
    (r"^CIN Average", "children in need - average"),
    (r"% (?:of )?CLA Substance misuse", "% of looked-after children with substance misuse"),
    (r"Percent CLA", "Percentage of looked-after children"),
    (r"CLA Had their", "looked-after children who had their"),
    (r"^(Number|Percentage) CLA", r"\1 of looked-after children"),
    (r"16-17 NEET", "16- and 17-year-olds not in education, employment or training"),
    (r"% of 16-17 who", "% of 16- and 17-year-olds who"),
    (r"% of 16-17 whose", "% of 16- and 17-year-olds whose"),
    (r"16 & 17 year olds", "16- and 17-year-olds"),
    (r"16-17 yr olds", "16- and 17-year-olds"),
    (r"0-14yr olds", "ages 0-14"),
    (r"2-2½yrs", "2 to 2½"),
    (r"\b2, 3 & 4 yr olds", "2-, 3- and 4-year-olds"),
    (r"\b3 ?& ?4 ?(?:yr|year) olds", "3- and 4-year-olds"),
    (r"%(?=\d)", "% of "),
    (r"\b6 Form", "sixth form"),
    (r"\bStd\b", "standard"),
    (r"\(Num\)", "(number)"),
    (r"Number FTE of", "Number (full-time equivalent) of"),
    (r"outside LA Boundary", "outside the council's boundary"),
    (r"in LA maintained", "in council-maintained"),
    (r"held by LA\b", "held by the council"),
    (r"S251/Outturn", "section 251 and outturn"),
    (r"known\(", "known ("),
    (r"Appeal rate to the SEND Tribunal", "Rate of appeals to the special educational needs and disability tribunal"),
)
TIDY = ((r"\s+", " "), (r" ([,)])", r"\1"), (r"\( ?\)", ""), (r"&", "and"))


def plain_title(printed: str) -> str:
    """The department's title with every short form written out; the same where it has none."""
    words = printed
    for short, long in (*PHRASES, *LONG_FORMS, *TIDY):
        words = re.sub(short, long, words)
    words = words.strip()
    return words[:1].upper() + words[1:]
