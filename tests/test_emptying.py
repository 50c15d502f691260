"""The ledger may be emptied between tests, and is guarded again afterwards."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from tests.cast import OPERATOR, TODAY
from yishiting.ground.ledger.actions import sign_day
from yishiting.ground.ledger.models import Checkpoint


@pytest.mark.django_db(transaction=True)
def test_a_written_ledger_can_be_emptied_and_is_guarded_again():
    for _ in range(2):
        sign_day(TODAY, by=OPERATOR)
        with pytest.raises(DatabaseError), transaction.atomic():
            Checkpoint.objects.all().delete()
        assert Checkpoint.objects.exists()
        call_command("flush", interactive=False, verbosity=0)
        assert not Checkpoint.objects.exists()
