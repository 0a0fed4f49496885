"""What only adds to a register may not delete from it: these functions delete what is over, and no more."""

from django.db import migrations

from yaksok.database.address import KEEPER

DEFINED = "SECURITY DEFINER SET search_path"


def function(signature: str, schema: str, body: str) -> list[str]:
    name = f"{schema}.{signature}"
    kind = name.replace("before ", "").replace("whose ", "")
    return [
        f"CREATE FUNCTION {name} RETURNS bigint LANGUAGE sql {DEFINED} = {schema}, pg_temp AS $$ {body} $$",
        f"REVOKE ALL ON FUNCTION {kind} FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {kind} TO {KEEPER}",
    ]


def counted(deletion: str) -> str:
    return f"WITH gone AS ({deletion} RETURNING 1) SELECT count(*) FROM gone"  # noqa: S608 - constants


# An entry younger than two years stays, whatever the caller believes to be the time.
ENTRIES = counted(
    "DELETE FROM audit_entry WHERE at < LEAST(before, pg_catalog.now() - interval '2 years')"
)
# Of whom anything is held but a law's copy, the receipts stay.
RECEIPTS = counted(
    "DELETE FROM consent_event e WHERE e.subject_id = ANY(whose) AND NOT EXISTS"
    " (SELECT 1 FROM vault.vault_record r WHERE r.subject_id = e.subject_id"
    " AND r.kind <> 'statutory')"
)
# A right that stands stays.
GRANTS = counted(
    "DELETE FROM staff_grant WHERE LEAST(expires_at, COALESCE(revoked_at, expires_at)) < before"
)
# Who still works here was trained.
TRAININGS = counted(
    "DELETE FROM staff_training t WHERE t.subject_id = ANY(whose) AND NOT EXISTS"
    " (SELECT 1 FROM staff_account a WHERE a.subject_id = t.subject_id AND a.state <> 'left')"
)


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0002_holds_cases_and_register"),
        ("audit", "0001_initial"),
        ("consent", "0001_initial"),
        ("published", "0001_initial"),
        ("staff", "0001_initial"),
        ("vault", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            [
                *function("forget_entries(before timestamptz)", "audit", ENTRIES),
                *function("forget_receipts(whose uuid[])", "consent", RECEIPTS),
                *function("forget_grants(before timestamptz)", "privacy", GRANTS),
                *function("forget_trainings(whose uuid[])", "privacy", TRAININGS),
                f"GRANT UPDATE (published_by) ON privacy.published_version TO {KEEPER}",
            ],
            migrations.RunSQL.noop,
        )
    ]
