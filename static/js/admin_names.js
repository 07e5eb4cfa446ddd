"use strict";
// Select2 draws a box of its own in the place of a list: this gives the box the name of the field.
{
  const nameBox = (list) => {
    const box = list.parentElement.querySelector(".select2-selection");
    const label = document.querySelector(`label[for="${CSS.escape(list.id)}"]`);
    const name = list.getAttribute("aria-label") || (label ? label.textContent.trim().replace(/:$/, "") : "");
    if (!box || !name) return;
    if (list.multiple) {
      box.querySelector(".select2-search__field").setAttribute("aria-label", name);
      return;
    }
    box.id = `${list.id}_box`;
    box.setAttribute("aria-label", name);
    box.setAttribute("aria-labelledby", `${box.id} select2-${list.id}-container`);
    box.querySelector(".select2-selection__rendered").setAttribute("aria-labelledby", box.id);
  };
  const nameAll = () => document.querySelectorAll("select.admin-autocomplete").forEach(nameBox);
  const later = () => setTimeout(nameAll, 0);
  window.addEventListener("load", later);
  document.addEventListener("formset:added", later);
  document.addEventListener("focusin", ({ target }) => {
    const list = document.querySelector(".select2-container--open .select2-selection");
    if (target.classList.contains("select2-search__field") && list) {
      target.setAttribute("aria-label", list.getAttribute("aria-label"));
    }
  });
}
