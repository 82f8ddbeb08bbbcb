/* “Copy as text”: the plain text of the page to the clipboard. Where that cannot be, the button stays hidden. */
document.querySelectorAll("[data-copy]").forEach((button) => {
  if (!navigator.clipboard?.write) return;
  const said = button.parentElement.querySelector("[role=status]");
  const load = async () => {
    const answer = await fetch(button.dataset.copy);
    if (!answer.ok) throw new Error(answer.status);
    return new Blob([await answer.text()], { type: "text/plain" });
  };
  button.addEventListener("click", async () => {
    try {
      // The promise goes in as it is: Safari forgets the click while it waits.
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": load() })]);
      said.textContent = button.dataset.done;
    } catch {
      said.textContent = button.dataset.failed;
    }
  });
  button.parentElement.hidden = false;
});
