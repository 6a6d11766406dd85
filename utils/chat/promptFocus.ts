/** Where the focus goes when the pressed control has disappeared. */
export function focusPrompt(): void {
  document.querySelector<HTMLElement>('textarea[data-testid="prompt"]')?.focus()
}
