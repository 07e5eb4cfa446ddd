"""The readers of `make torture` in small, behind the same nginx."""

from torture.readers import FORMS, ask_many, warm


def test_readers_get_what_was_seen_while_the_portal_is_stopped_and_else_it_is_said(site):
    seen = warm(site.server.port, most=2)
    assert len(seen) == 2 * len(FORMS)
    site.after(61)
    site.stop()
    assert ask_many(site.server.port, seen, 20, 60)["statuses"] == {200: 20}
    found = ask_many(site.server.port, [("/fr/nope/", "br")], 4, 60)
    assert (found["faults"], found["told"][0]) == (4, (503, "/fr/nope/", "br"))
