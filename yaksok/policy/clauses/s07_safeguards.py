"""Section 7: technical and organisational safeguards."""

from yaksok.policy.clauses.clause import Clause

TITLE = {"ko": "기술적·제도적 보호", "en": "Safeguards"}

CLAUSES = (
    Clause(
        "P7.1",
        "쇼핑몰과 고객의 컴퓨터 사이를 오가는 정보는 암호화하여 주고받습니다.",
        "What travels between the mall and your computer is encrypted.",
        rule="yaksok.web.transport.EncryptedOnly",
        as_written=(
            "쇼핑몰과 고객의 컴퓨터 사이를 오가는 결제 정보는 SSL로 암호화합니다.",
            "Payment data between the mall and your computer is encrypted by SSL.",
        ),
    ),
    Clause(
        "P7.2",
        "인증서를 실제로 발급한 기관의 이름을 있는 그대로 밝힙니다.",
        "We name the authority that really issued our certificate.",
        rule="yaksok.policy.lints.l_cabrand.check",
        as_written=(
            "쇼핑몰의 인증서는 {issuer}의 인증을 받은 것입니다.",
            "The mall is certified by {issuer}.",
        ),
    ),
    Clause(
        "P7.3",
        "침입을 막기 위해 방화벽을 직접 운영합니다.",
        "We run a firewall of our own against intrusion.",
        rule="yaksok.policy.promises.Promise.unmet",
        claim=True,
        as_written=(
            "침입을 막기 위해 최신 방화벽을 스스로 갖추어 운영합니다.",
            "We have installed and run an advanced firewall of our own against intrusion.",
        ),
    ),
    Clause(
        "P7.4",
        "접속 기록을 분석합니다.",
        "Access logs are analysed.",
        rule="yaksok.policy.promises.Promise.unmet",
        claim=True,
    ),
    Clause(
        "P7.5",
        "올라오는 파일을 실시간으로 바이러스 검사합니다.",
        "Uploaded files are scanned for viruses as they come in.",
        rule="yaksok.policy.promises.Promise.unmet",
        claim=True,
        as_written=(
            "실시간 바이러스 감시 시스템을 운영합니다.",
            "A system that watches for viruses in real time is running.",
        ),
    ),
    Clause(
        "P7.6",
        "실제 웹서버의 주소를 드러내지 않습니다.",
        "The address of the real web server is not shown.",
        rule="yaksok.cli.serving.serve",
    ),
    Clause(
        "P7.7",
        "더 나은 보안 시스템을 시험하고 그 경과를 기록합니다.",
        "Better security systems are on trial, with a record of how they do.",
        rule="yaksok.policy.promises.Promise.unmet",
        claim=True,
        as_written=(
            "고객의 정보를 더 잘 지키려고 새로운 보안 시스템 여러 가지를 시험하고 있습니다.",
            "Various advanced security systems are on trial, to protect customers' data better.",
        ),
    ),
    Clause(
        "P7.8",
        "전문 업체와 계약하여 시스템을 운영합니다.",
        "The systems are run under contract with a specialist firm.",
        rule="yaksok.policy.promises.Promise.unmet",
        claim=True,
        as_written=(
            "국내 SI 분야에서 이름이 알려진 전문 업체를 통해 시스템을 운영합니다.",
            "The systems are run through a specialist firm well known among the country's system integrators.",
        ),
    ),
    Clause(
        "P7.9",
        "그 업체에서 보안 진단을 받습니다.",
        "The firm diagnoses our security.",
        rule="yaksok.policy.promises.Promise.unmet",
        claim=True,
    ),
    Clause(
        "P7.10",
        "그 업체에서 보안 자문을 받습니다.",
        "The firm advises us on security.",
        rule="yaksok.policy.promises.Promise.unmet",
        claim=True,
    ),
    Clause(
        "P7.11",
        "운영 인력이 하루 24시간 시스템을 지켜봅니다.",
        "Operators watch the systems around the clock.",
        rule="yaksok.policy.promises.Promise.unmet",
        claim=True,
        as_written=(
            "전문 운영 요원이 하루 24시간 시스템을 지켜봅니다.",
            "Specialist operators watch the systems 24 hours a day.",
        ),
    ),
    Clause(
        "P7.12",
        "서비스가 멈추는 시간을 기록하고 줄입니다.",
        "Downtime is recorded and kept low.",
        rule="yaksok.policy.promises.Promise.unmet",
        claim=True,
        as_written=(
            "서비스가 멈추는 시간을 가장 짧게 줄이려고 노력합니다.",
            "We strive to keep downtime to a minimum.",
        ),
    ),
    Clause(
        "P7.13",
        "개인정보를 다루는 직원을 최소한으로 제한합니다.",
        "As few staff as possible handle personal data.",
        rule="yaksok.privacy.staff.access.roles_of",
        proof="test_p7_13_as_few_as_needed_handle_data.py",
        claim=True,
        probe="yaksok.evidence.s07_safeguards.p7_13_few_handle_personal_data",
    ),
    Clause(
        "P7.14",
        "담당 직원을 수시로 교육하며, 교육을 받지 않은 직원은 개인정보를 열 수 없습니다.",
        "Staff are trained often, and without training nobody can open personal data.",
        rule="yaksok.privacy.staff.access.is_trained",
        proof="test_p7_14_without_training_nothing_opens.py",
        claim=True,
        probe="yaksok.evidence.s07_safeguards.p7_14_handlers_are_trained",
        as_written=("담당 직원을 수시로 교육합니다.", "The staff in charge are trained often."),
    ),
    Clause(
        "P7.15",
        "교육에서는 이 정책을 지키는 일을 강조합니다.",
        "The training stresses that this policy is kept.",
        rule="yaksok.policy.promises.Promise.unmet",
        claim=True,
    ),
    Clause(
        "P7.16",
        "감사위원회가 이 정책이 이행되는지 감사합니다.",
        "An audit committee audits that this policy is carried out.",
        rule="yaksok.policy.promises.Promise.unmet",
        claim=True,
    ),
    Clause(
        "P7.17",
        "감사위원회가 담당 직원이 이 정책을 지키는지 확인합니다.",
        "It also audits that staff comply.",
        rule="yaksok.policy.promises.Promise.unmet",
        claim=True,
    ),
    Clause(
        "P7.18",
        "문제를 발견하면 바로 바로잡습니다.",
        "Faults that are found are corrected at once.",
        rule="yaksok.policy.promises.Promise.unmet",
        claim=True,
    ),
)
