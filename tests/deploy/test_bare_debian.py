"""docs/deploy.md carried out on a bare Debian with systemd, and days in the life of that server, one after the other.

It takes minutes, so it belongs to `make walk`. The parts that need no machine stand in test_release.py.
"""

import re
import subprocess
import time
from contextlib import contextmanager
from functools import partial

import pytest

from tests.deploy.conftest import NAME, block, blocks, commands_of

UNITS = "iscg-sender nginx postgresql iscg-send-due.timer iscg-verify.timer iscg-backup.timer iscg-warm-up.timer"
UNITS += " iscg-forget.path iscg-forget.timer"
SOURCE = "/srv/iscg/source"
UPGRADE = commands_of("A new release")
GET = """python3 - <<'PYTHON'
import http.client, ssl
trusted = ssl.create_default_context(cafile="/etc/letsencrypt/live/{name}/fullchain.pem")
connection = http.client.HTTPSConnection("{name}", timeout=60, context=trusted)
connection.request("GET", "{path}", headers={{"Accept-Encoding": "{encoding}"}})
answer = connection.getresponse()
print(answer.status)
print(answer.read().decode("latin-1"))
PYTHON"""


def get(machine, path, encoding="identity"):
    """Status and text that a reader gets of nginx."""
    status, _, text = machine.do(GET.format(name=NAME, path=path, encoding=encoding)).partition("\n")
    return int(status), text


def comes_back(machine):
    """The portal itself answers within a minute and a half: no other page of that day is kept."""
    for second in range(90):
        if get(machine, f"/en/?on=1999-{1 + second % 12:02}-{1 + second % 28:02}")[0] == 200:
            return True
        time.sleep(1)
    return False


def all_run(machine, number):
    """Each by itself: asked for several, systemctl is content with one."""
    machine.do(f"for unit in iscg-portal@{number} {UNITS}; do systemctl is-active $unit; done")


def port(machine):
    return re.search(r"server 127\.0\.0\.1:(\d+)", machine.do("cat /etc/nginx/sites-available/iscg"))[1]


def commit(machine, script, message):
    """The next release: what the script changes in the project."""
    git = "git -c user.name=Test -c user.email=test@example.org"
    machine.do(f"cd /given/project && {script} && git add --all && {git} commit --quiet --message '{message}'")


@contextmanager
def a_reader(machine):
    """Asks all the while; afterwards every answer was 200."""
    machine.do("touch /var/reading")
    reading = subprocess.Popen(
        machine.command(f"python3 /given/reader.py {NAME} /var/reading"), stdout=subprocess.PIPE, text=True
    )
    try:
        yield
    finally:
        machine.do("rm -f /var/reading")
        said = reading.communicate(timeout=120)[0]
    assert reading.returncode == 0, said
    assert int(said.split()[0]) > 20, said


def the_page_taken_word_for_word_puts_the_portal_there(bare):
    bare.do(commands_of("Installing").replace("git clone ...", "git clone --quiet /given/project"))
    status, text = get(bare, "/en/")
    assert status == 200 and "Inter-Sector Coordination Group" in text
    all_run(bare, port(bare))
    assert "iscg" not in bare.do("systemctl --failed --no-legend --plain")
    assert bare.do("stat --format=%a%U /etc/iscg.env").strip() == "600root"


def no_process_of_it_has_rights(bare):
    portal = f"iscg-portal@{port(bare)}"
    for unit in (portal, "iscg-sender"):
        told = bare.do(f"cat /proc/$(systemctl show -P MainPID {unit})/status")
        assert re.search(r"NoNewPrivs:\s1\b", told) and re.search(r"CapBnd:\s0+\b", told), told
        assert re.search(r"Seccomp:\s2\b", told) and not re.search(r"Uid:\s0\b", told), told
    inside = f"nsenter --mount --target $(systemctl show -P MainPID {portal}) --setuid $(id -u iscg)"
    assert "Read-only" in bare.ask(f"{inside} touch /srv/iscg/here").stdout
    bare.do(f"{inside} touch /srv/iscg/var/media/here && rm /srv/iscg/var/media/here")


def a_report_is_published_its_files_are_made_and_it_is_withdrawn(bare):
    bare.do("iscg ensure_staff && iscg compose_report 2024")
    code = bare.do(shell("print(AnnualReport.objects.get().code)")).strip()
    bare.do(f"iscg publish_report {code} --by staff@localhost --reason 'Nobody else is here'")
    all_made = shell('raise SystemExit(Rendition.objects.exclude(state="made").exists())')
    bare.do(f"for second in $(seq 120); do {all_made} && exit; sleep 2; done; exit 1")
    status, content = get(bare, f"/reports/{code}/en.pdf")
    assert status == 200 and content.startswith("%PDF")
    assert "Taken back for a test" not in get(bare, f"/en/reports/{code}/")[1]
    bare.do(shell('withdraw(AnnualReport.objects.get(), None, Reason("For a test", "Taken back for a test"))'))
    bare.do("sleep 61")
    assert "Taken back for a test" in get(bare, f"/en/reports/{code}/")[1]
    assert get(bare, f"/reports/{code}/en.pdf") == (status, content)


def shell(line):
    """The command that does one line of Python in the portal."""
    said = "from iscg_portal.history import Reason; from reports.acts.annual_reports import withdraw"
    models = "from reports.models import AnnualReport, Rendition"
    return f"iscg shell --no-imports -c '{said}; {models}; {line}'"


def while_the_portal_is_stopped_every_page_goes_on(bare):
    bare.do("iscg warm_up --rate=500")
    bare.do(f"systemctl stop iscg-portal@{port(bare)}")
    for path in ("/en/", "/ar/composition/", "/zh/subjects/"):
        assert [get(bare, path, encoding)[0] for encoding in ("br", "gzip", "identity")] == [200, 200, 200]
    assert get(bare, "/en/?on=1998-01-01")[0] == 503
    bare.do(f"systemctl start iscg-portal@{port(bare)}")
    assert comes_back(bare)


def what_was_hidden_is_gone_although_the_portal_goes_down(bare):
    """Restricted, and the portal stopped before anybody asks again."""
    first = "from meetings.models import Document; paper = Document.objects.public().first()"
    told = bare.do(f"iscg shell --no-imports -c '{first}; print(paper.get_absolute_url()); print(paper.title)'")
    address, title = told.splitlines()
    for path in (address, "/en/documents/", "/en/changes.atom"):
        assert [get(bare, path, encoding)[0] for encoding in ("br", "gzip", "identity")] == [200, 200, 200]
    assert title in get(bare, "/en/documents/")[1]
    hide = "paper = Document.objects.get(pk=paper.pk); paper.visibility = Document.Visibility.RESTRICTED; paper.save()"
    bare.do(f"iscg shell --no-imports -c '{first}; {hide}'; systemctl stop iscg-portal@{port(bare)}")
    bare.do("for second in $(seq 60); do grep -qra documents /var/cache/iscg-nginx || exit 0; sleep 1; done; exit 1")
    assert get(bare, address)[0] == get(bare, "/en/documents/")[0] == 503
    bare.do(f"systemctl start iscg-portal@{port(bare)}")
    assert comes_back(bare)
    assert get(bare, address)[0] == 404


def what_each_timer_starts_ends_well(bare):
    bare.do("sed -i 's/warm_up$/warm_up --rate=500/' /etc/systemd/system/iscg-warm-up.service")  # else it takes minutes
    bare.do("systemctl daemon-reload")
    for unit in ("iscg-send-due", "iscg-verify", "iscg-backup", "iscg-warm-up"):
        done = bare.ask(f"systemctl start {unit}")
        assert done.returncode == 0, bare.do(f"journalctl --no-pager --unit {unit} | tail -40")


def the_backup_of_the_day_is_for_its_owner_alone(bare):
    assert re.fullmatch(
        r"600iscg /var/backups/iscg/daily-\d{4}-\d\d-\d\d\.archive",
        bare.do("stat --format='%a%U %n' /var/backups/iscg/daily-*").strip(),
    )


def a_backup_is_taken_and_restored_as_the_page_says(bare):
    taken, restored = (block("Backup", word) for word in ("iscg backup", "iscg restore"))
    title = 'from members.models import Person; person = Person.objects.order_by("pk").first()'
    before = bare.do(shell(f"{title}; print(person.name)"))
    bare.do(taken)
    bare.do(shell(f'{title}; person.name = "Nobody"; person.save()'))
    assert bare.do(shell(f"{title}; print(person.name)")) != before
    said = bare.do(restored)
    assert bare.do(shell(f"{title}; print(person.name)")) == before, said
    assert comes_back(bare)
    all_run(bare, port(bare))


def the_rehearsal_of_the_page_is_carried_out_on_the_server(bare):
    (rehearsal,) = blocks("Backup", language="bash")
    address = "postgres://iscg@%2Frun%2Fpostgresql/iscg_rehearsal"
    bare.do("runuser -u postgres -- createdb iscg_rehearsal --owner=iscg")
    said = bare.do(f"iscg bash <<'END'\nexport REHEARSAL_URL={address}\n{rehearsal}\nEND")
    assert re.search(r"^ *3 +\d{3,} rows and \d+ files", said, re.M), said
    bare.do("runuser -u postgres -- dropdb iscg_rehearsal")


def after_the_power_went_all_starts_by_itself(bare):
    bare.kill()
    bare.boot()
    assert comes_back(bare)
    all_run(bare, port(bare))


def installing_again_keeps_what_is_there_and_no_reader_notices(bare):
    before = bare.do("cat /etc/iscg.env")
    with a_reader(bare):
        bare.do(f"python3 {SOURCE}/deploy/install.py {NAME}")
    assert bare.do("cat /etc/iscg.env") == before
    all_run(bare, port(bare))


def migration(machine, sql):
    """The script that adds a migration to the project."""
    last = machine.do("cd /given/project/reports/migrations && basename --suffix=.py $(ls 0*.py | tail -1)").strip()
    lines = [
        "from django.db import migrations",
        "class Migration(migrations.Migration):",
        f'    dependencies = [("reports", "{last}")]',
        f'    operations = [migrations.RunSQL("{sql}")]',
    ]
    return " && ".join(f"echo '{line}' >> reports/migrations/9999_more.py" for line in lines)


BROKEN = {
    "a check": "echo 'raise RuntimeError(1)' >> iscg_portal/settings.py",
    "a migration": "",
    "a start": "echo 'raise RuntimeError(1)' >> gunicorn.conf.py",  # and brings a migration, which stays
    "the configuration of nginx": "echo 'nonsense;' >> deploy/nginx/snippets/iscg-site.conf",
}


def a_release_in_which_something_is_refused_leaves_the_old_one(bare, what):
    before, was = port(bare), bare.do("readlink /srv/iscg/current")
    script = BROKEN[what] or migration(bare, "SELECT nothing")
    if what == "a start":
        script += f" && {migration(bare, 'CREATE TABLE of_a_release_that_did_not_start (number integer)')}"
    commit(bare, script, f"Break {what}")
    with a_reader(bare):
        done = bare.ask(UPGRADE)
    assert done.returncode != 0 and "What ran before goes on running." in done.stdout, done.stdout
    assert (port(bare), bare.do("readlink /srv/iscg/current")) == (before, was)
    bare.do("nginx -t")
    all_run(bare, before)
    other = "8001" if before == "8000" else "8000"
    assert bare.ask(f"systemctl is-active iscg-portal@{other}").returncode != 0
    if what == "a start":
        the_way_back_from_its_migration_is_that_of_the_page(bare, before)
    commit(bare, "git revert --no-commit HEAD", f"Mend {what}")


def the_way_back_from_its_migration_is_that_of_the_page(bare, before):
    with a_reader(bare):
        said = bare.do(f"git -C {SOURCE} checkout --quiet HEAD~1 && python3 {SOURCE}/deploy/upgrade.py")
    assert port(bare) != before, said
    all_run(bare, port(bare))
    bare.do(f"git -C {SOURCE} checkout --quiet -")


def no_reader_notices_an_upgrade(bare):
    before = port(bare)
    new = "echo '/* new */' >> static/css/base.css && sed -i 's/<title>/<title>New: /' templates/base.html"
    commit(bare, f"{new} && {migration(bare, 'CREATE TABLE more (number integer)')}", "Say something new")
    with a_reader(bare):
        said = bare.do(UPGRADE)
    assert port(bare) != before, said
    assert "<title>New: " in get(bare, "/en/?on=1997-01-01")[1]
    bare.do("ls /var/backups/iscg/before-*.archive")
    all_run(bare, port(bare))
    assert bare.ask(f"systemctl is-active iscg-portal@{before}").returncode != 0


def no_reader_notices_the_way_back(bare):
    with a_reader(bare):
        bare.do(f"git -C {SOURCE} checkout --quiet HEAD~1 && python3 {SOURCE}/deploy/upgrade.py")
    assert "<title>New: " not in get(bare, "/en/?on=1996-01-01")[1]


DAYS = [
    the_page_taken_word_for_word_puts_the_portal_there,
    no_process_of_it_has_rights,
    a_report_is_published_its_files_are_made_and_it_is_withdrawn,
    while_the_portal_is_stopped_every_page_goes_on,
    what_was_hidden_is_gone_although_the_portal_goes_down,
    what_each_timer_starts_ends_well,
    the_backup_of_the_day_is_for_its_owner_alone,
    a_backup_is_taken_and_restored_as_the_page_says,
    the_rehearsal_of_the_page_is_carried_out_on_the_server,
    after_the_power_went_all_starts_by_itself,
    installing_again_keeps_what_is_there_and_no_reader_notices,
    *(partial(a_release_in_which_something_is_refused_leaves_the_old_one, what=what) for what in BROKEN),
    no_reader_notices_an_upgrade,
    no_reader_notices_the_way_back,
]


@pytest.mark.walk
def test_days_in_the_life_of_a_server(bare):
    """One test, since each day begins where the last one ended."""
    for day in DAYS:
        day(bare)
