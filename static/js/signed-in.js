/* A public page is the same for everyone, so the browser says whether somebody is signed in: a cookie that holds nothing
   else is there as long as the session. Without this script the link leads to the same page, which says it. */
(() => {
  const link = document.querySelector("[data-signed-in]");
  if (link && /(?:^|; )(?:__Host-)?signedin=1(?:;|$)/.test(document.cookie)) link.textContent = link.dataset.signedIn;
})();
