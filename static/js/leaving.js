"use strict";
// Leaving a page on which something was typed and not sent asks first, in the browser's own words. `data-typed` at the
// script says that the page came with what was typed: it was refused, rehearsed, or is shown again after signing in.
{
  const saidBy = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked;
    return field.type === "select-multiple" ? [...field.selectedOptions].map((one) => one.value).join() : field.value;
  };
  const fieldsOf = (form) =>
    [...form.elements].filter((field) => field.name && !["submit", "button", "hidden"].includes(field.type));
  const saidIn = (form) =>
    fieldsOf(form)
      .map((field) => `${field.name}=${saidBy(field)}`)
      .join("\n");
  // A draft that keeps itself asks on its own.
  const forms = [...document.querySelectorAll("main form[method=post]:not(#changelist-form, [data-keep-draft])")].filter(
    (form) => fieldsOf(form).length,
  );
  const cameTyped = "typed" in document.currentScript.dataset || document.querySelector("#content .errornote") !== null;
  const opened = new Map(forms.map((form) => [form, saidIn(form)]));
  let isSent = false;
  document.addEventListener("submit", () => (isSent = true));
  window.addEventListener("pageshow", () => (isSent = false));
  window.addEventListener("beforeunload", (event) => {
    const isTyped = forms.some((form) => cameTyped || saidIn(form) !== opened.get(form));
    if (isTyped && !isSent) event.preventDefault();
  });
}
