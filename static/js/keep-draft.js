/* On the page of a report: what is typed is saved a moment later, with the version that the page knows.
   Without this script the button does the same. Nothing that was typed is ever taken away from the page. */
(() => {
  const form = document.querySelector("[data-keep-draft]");
  if (!form) return;
  const PAUSE = 1500;
  const AGAIN = 15000;
  const said = form.querySelector("[role=status]");
  const { version, csrfmiddlewaretoken: token } = form.elements;
  let timer = 0;
  let saving = null;
  let dirty = false;
  let tokenIsOld = false;

  const say = (sentence, isWrong) => {
    said.textContent = sentence;
    said.classList.toggle("wrong", isWrong);
  };
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };
  const ask = (options) =>
    fetch(location.pathname, { headers: { Accept: "application/json" }, redirect: "error", ...options });

  /* After signing in again in another window the token of this page is an old one. */
  const renewToken = async () => {
    const answer = await ask({ cache: "no-store" });
    if (answer.ok) token.value = (await answer.json()).token;
  };

  const send = async () => {
    dirty = false;
    if (tokenIsOld) await renewToken();
    const answer = await ask({ method: "POST", body: new URLSearchParams(new FormData(form)) });
    const told = await answer.json();
    tokenIsOld = answer.status === 401 || answer.status === 403;
    if (answer.ok) version.value = told.version;
    else dirty = true;
    say(answer.ok ? (dirty ? form.dataset.waiting : told.said) : told.error, !answer.ok);
  };

  /* One saving at a time, so that the page never knows less than it has saved itself. */
  const save = () => {
    clearTimeout(timer);
    if (!dirty) return saving;
    saving ??= send()
      .catch(() => {
        dirty = true;
        say(form.dataset.unreached, true);
        later(AGAIN);
      })
      .finally(() => {
        saving = null;
      });
    return saving;
  };

  form.addEventListener("input", ({ target }) => {
    dirty = true;
    target.closest(".part")?.querySelector(".taken-over")?.remove();
    say(form.dataset.waiting, false);
    later(PAUSE);
  });
  window.addEventListener("focus", () => tokenIsOld && save());
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (saving) {
      event.preventDefault();
      saving.then(() => form.requestSubmit(event.submitter));
      return;
    }
    dirty = false;
  });
  window.addEventListener("beforeunload", (event) => dirty && event.preventDefault());
})();
