"""How the register of policy versions ends: versions never, drafts when they are published."""

from yaksok.kernel.holdings import OWN, About, AfterPerson, Holding, Impersonal, erased, kept

HOLDINGS = (
    Holding(
        "published_version",
        "published_by",
        "개인정보처리방침의 판",
        "versions of the privacy policy",
        kept(
            ids=("published_by",),
            nothing=(
                "number",
                "version",
                "profile",
                "hash",
                "source",
                "lineage",
                "adverse",
                "announced_at",
                "effective_at",
            ),
            reason="어느 판이 언제 누구의 손으로 시행되었는지의 증빙"
            " / proof of which version took effect, when, and by whom",
            until="누구의 손이었는지는 그만둔 뒤 3년, 판은 쇼핑몰이 있는 동안"
            " / whose hand it was for three years after they left, the version as long as the mall exists",
        ),
        by=OWN,
        about=(About.STAFF,),
        promises=("P1.8",),
        ends=(AfterPerson("P3Y", empties=("published_by",)),),
    ),
    Impersonal(
        "published_text",
        "누구나 읽는 처리방침과 약관의 글 / the pages of a version, as everybody may read them",
    ),
    Holding(
        "published_draft",
        "edited_by",
        "작성 중인 개인정보처리방침",
        "drafts of the privacy policy",
        erased(ids=("edited_by",), nothing=("id", "base", "source", "revision", "edited_at")),
        by=OWN,
        about=(About.STAFF,),
        promises=("P1.8",),
    ),
)
