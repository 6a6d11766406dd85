/** Focuses the card of an approval, never its Approve button: a key pressed twice must not approve. */

export function approvalElementId(id: string): string {
  return `approval-${id}`
}

/** @param isBroughtIntoSight false if the card was already in use */
export function focusApproval(id: string, isBroughtIntoSight = true): void {
  const card = document.getElementById(approvalElementId(id))
  card?.focus({ preventScroll: true })
  if (isBroughtIntoSight) card?.scrollIntoView({ block: 'nearest' })
}
