"""Reviews as Django knows them."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """What members say about goods that they received."""

    name = "yaksok.mall.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Let a review die with its words; words that are changed leave it alive."""
        from yaksok.policy.vocabulary import RecordKind
        from yaksok.privacy.vault import derived

        derived.register("reviews_review", record="record_id", of={RecordKind.REVIEW: ()})
        derived.register("reviews_second_look", of={RecordKind.MEMBERSHIP: ()})
