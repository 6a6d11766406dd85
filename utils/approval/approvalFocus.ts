/** Brings a person to the card of an approval. The card takes the focus, never its Approve: a key pressed twice approves nothing. */

export function approvalElementId(id: string): string {
  return `approval-${id}`
}

/** @param isBroughtIntoSight false where the card was in use already */
export function focusApproval(id: string, isBroughtIntoSight = true): void {
  const card = document.getElementById(approvalElementId(id))
  card?.focus({ preventScroll: true })
  if (isBroughtIntoSight) card?.scrollIntoView({ block: 'nearest' })
}
