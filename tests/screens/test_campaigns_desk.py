"""The pages of campaigns: what each sender changed, who belongs, one decision for all."""

import random

from feedback.domain.editor import Role
from feedback.domain.state import State
from feedback.intake.compare import compare_new
from feedback.intake.recheck import recheck_new
from feedback.store import letters
from tests.factories import a_letter
from tests.reading.form_letters import a_copy, a_text, written
from tests.screens.desk_page import open_page


def test_an_editor_goes_through_a_campaign(log_in, store):
    desk = log_in(Role.EDITOR)
    assert "Campaigns" not in open_page(desk, "/desk/").part("deskbar-nav")
    assert "No letters are alike" in open_page(desk, "/desk/campaigns/").main
    chance = random.Random(9)
    form = a_text(chance)
    refs = [
        a_letter(store, written(a_copy(chance, form)), name=f"S {n}", email=f"s{n}@example.com").ref
        for n in range(3)
    ]
    with store.work() as work:
        recheck_new(work)
        compare_new(work)
    queue = open_page(desk, "/desk/")
    assert "One of 3 alike" in queue.part("why")
    page = queue.browse(queue.link("One of 3 alike"))
    assert "3 letters alike" in page.main
    assert page.tree.findall(".//ins")
    page = page.press("Rename", name="Against the pipeline")
    page = page.press("Set apart", ref=refs[2])
    assert "2 letters alike" in page.main
    assert "set apart" in page.main
    page = page.press("Not chosen")
    assert "2 letters declined" in page.says
    with store.read() as work:
        states = [letters.by_ref(work, ref).state for ref in refs]
    assert states == [State.DECLINED, State.DECLINED, State.RECEIVED]
    assert "Against the pipeline" in page.browse("/desk/campaigns/").main
    assert desk.get("/desk/campaigns/999").status_code == 404
