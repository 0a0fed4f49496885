"""What the grounds and stages of a case about a membership are called, as the terms have them."""

from collections.abc import Mapping

from yaksok.policy.entries import Text
from yaksok.privacy.retention.cases import Ground, Stage

GROUNDS: Mapping[Ground, Text] = {
    Ground.FALSE_DETAILS: Text(
        ko="가입할 때 거짓 내용을 적음 (이용약관 제7조 제2항 제1호)",
        en="false details were given when joining (terms, article 7(2)1)",
    ),
    Ground.HINDERS_OTHERS: Text(
        ko="남의 이용을 방해하거나 남의 정보를 도용함 (이용약관 제7조 제2항 제3호)",
        en="others were hindered, or somebody's identity misused (terms, article 7(2)3)",
    ),
    Ground.UNLAWFUL_USE: Text(
        ko="법이나 약관이 금지하는 일에 몰을 이용함 (이용약관 제7조 제2항 제4호)",
        en="the mall was used for what the law or the terms forbid (terms, article 7(2)4)",
    ),
    Ground.UNPAID_DEBT: Text(
        ko="대금이나 몰에 갚아야 할 돈을 기한까지 내지 않음 (이용약관 제7조 제2항 제2호)",
        en="goods or a debt to the mall were not paid when due (terms, article 7(2)2)",
    ),
}

STAGES: Mapping[Stage, Text] = {
    Stage.CURED: Text(ko="바로잡혀 끝남", en="put right, closed"),
    Stage.KEPT: Text(ko="자격을 유지하기로 함", en="the membership goes on"),
    Stage.LEFT: Text(ko="회원이 먼저 탈퇴함", en="the member left before"),
    Stage.LOST: Text(ko="자격을 잃음", en="the membership was ended"),
    Stage.NOTICED: Text(ko="통지하고 설명을 기다림", en="told; waiting for an explanation"),
    Stage.PROPOSED: Text(
        ko="한 사람이 정했고 두 번째 사람을 기다림", en="one decided; waiting for a second"
    ),
    Stage.WARNED: Text(
        ko="자격을 제한하고 바로잡기를 기다림", en="limited; waiting until it is put right"
    ),
}
