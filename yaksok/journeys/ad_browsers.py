"""A browser that gets advertising as notifications: whether it can be reached, and when it is no more.

It is one browser of the person, the one in which they agreed last. The mall knows nothing of it but what
it said itself: its endpoint at a push service and the keys to seal for it.
"""

from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid
from yaksok.kernel.ids import RecordId, SubjectId
from yaksok.mall.accounts import credentials
from yaksok.policy import push_address
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Item, Language, Purpose, RecordKind
from yaksok.privacy.consent import channels
from yaksok.privacy.post import push_services, push_voucher
from yaksok.privacy.retention import destroying

KIND = RecordKind.MARKETING_CONTACT
MALL = Actor.system("ad_browsers")

NEED = Text(
    ko="이 브라우저에서는 알림을 켤 수 없었어요. 저장한 것은 없어요. 다른 브라우저에서 해 보시거나 다른 방법을 골라 주세요.",
    en="Notifications could not be switched on in this browser, and nothing was stored. Try another"
    " browser, or choose another way.",
)
NOT_CARRIED = Text(
    ko="이 브라우저의 알림을 나르는 회사는 처리방침의 목록에 없어서 보내지 않아요. 저장한 것은 없어요.",
    en="The company that carries notifications to this browser is not on the list of our policy, so we"
    " send it none. Nothing was stored.",
)
OTHER_KEY = Text(
    ko="알림을 켜는 동안 쇼핑몰의 열쇠가 바뀌었어요. 단추를 다시 눌러 주세요.",
    en="The key of the mall changed meanwhile. Press the button again.",
)


def key() -> str:
    """The mall's public key, to which a browser binds its endpoint."""
    return push_voucher.public_key()


def must_be_reachable(value: str, language: Language) -> None:
    """Nothing, when the mall may write to the browser that said ``value`` and can seal for it.

    Raises:
        Invalid: its push service is not one that the policy names, or it is bound to another key.
    """
    address = push_address.read(value)
    if address is None:
        problem = NEED
    elif not push_services.is_known(address.endpoint):
        problem = NOT_CARRIED
    elif address.ours != key():
        problem = OTHER_KEY
    else:
        return
    raise Invalid({Item.PUSH_ENDPOINT.value: problem.in_(language)})


def gone(subject: SubjectId, record: RecordId) -> None:
    """The browser in ``record`` is not reached any more: its address is destroyed, the consent stands.

    The person reads it in the centre of their consents, and may switch it on anew. Inside the
    transaction that gives the notification up. An address of another kind is left alone.

    Records:
        Event.VAULT_RECORD_ERASED, Event.RETENTION_RECORD_DESTROYED.
    """
    if credentials.lock(subject) and channels.lost(subject, record):
        destroying.destroy(
            subject, {record: KIND}, actor=MALL, purpose=Purpose.ADVERTISING, reason="unreachable"
        )
