/* On a page with the lanes: the day in the day strip becomes a slider that moves the line through the picture; the page
   of that day is asked for with the button alone, so that a slider moved by the arrow keys changes nothing (WCAG 3.2.2).
   Without this script the form with its date field does the same, one step at a time. */
(() => {
  const form = document.querySelector("[data-day-form]");
  const picture = document.querySelector("[data-first][data-last]");
  if (!form || !picture) return;
  const field = form.elements.on;
  const DAY = 86400000;
  const number = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
  const text = (days) => new Date(days * DAY).toISOString().slice(0, 10);
  const first = number(picture.dataset.first);
  const last = number(picture.dataset.last);
  const rtl = document.documentElement.dir === "rtl";
  const locale = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const words = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });

  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = first;
  slider.max = last - 1;
  slider.value = number(field.value);
  slider.setAttribute("aria-label", form.querySelector("label").textContent);
  field.before(slider);

  const line = picture.querySelector(".day-line line");
  const label = picture.querySelector(".day-line text");
  const show = (days) => {
    const printed = words.format(days * DAY);
    const said = locale === "fr" ? printed.replace(/^1 /, "1er ") : printed;
    slider.setAttribute("aria-valuetext", said);
    if (!line) return;
    const along = ((days - first) * 100) / (last - first);
    const place = `${rtl ? 100 - along : along}%`;
    line.setAttribute("x1", place);
    line.setAttribute("x2", place);
    label.setAttribute("x", place);
    label.setAttribute("text-anchor", along < 10 ? "start" : along > 90 ? "end" : "middle");
    label.textContent = said;
  };
  slider.addEventListener("input", () => {
    field.value = text(Number(slider.value));
    show(Number(slider.value));
  });
  field.addEventListener("input", () => {
    if (!field.value) return;
    slider.value = number(field.value);
    show(Number(slider.value));
  });
  show(Number(slider.value));

  /* On a narrow screen the picture scrolls; begin where the day is. */
  const frame = picture.parentElement;
  if (line && frame.scrollWidth > frame.clientWidth) {
    const at = line.getBoundingClientRect().left - frame.getBoundingClientRect().left;
    frame.scrollLeft += at - frame.clientWidth * (rtl ? 0.4 : 0.75);
  }
})();
