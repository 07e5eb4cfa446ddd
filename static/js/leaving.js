"use strict";
// Leaving a page of the admin on which something was typed and not sent asks first, in the browser's own words.
{
  const forms = [...document.querySelectorAll("#content form[method=post]:not(#changelist-form)")];
  const saidBy = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked;
    return field.type === "select-multiple" ? [...field.selectedOptions].map((one) => one.value).join() : field.value;
  };
  const saidIn = (form) =>
    [...form.elements]
      .filter((field) => field.name && !["submit", "button", "hidden"].includes(field.type))
      .map((field) => `${field.name}=${saidBy(field)}`)
      .join("\n");
  // A page that was refused shows what was typed and is not saved.
  const isRefused = document.querySelector("#content .errornote") !== null;
  const opened = new Map(forms.map((form) => [form, saidIn(form)]));
  let isSent = false;
  document.addEventListener("submit", () => (isSent = true));
  window.addEventListener("pageshow", () => (isSent = false));
  window.addEventListener("beforeunload", (event) => {
    const isTyped = forms.some((form) => isRefused || saidIn(form) !== opened.get(form));
    if (isTyped && !isSent) event.preventDefault();
  });
}
