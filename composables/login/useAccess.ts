/** The current user's rights as text. */
export function useAccess() {
  const { t, say } = useText()
  const store = useSessionStore()
  return computed(() => {
    const { mode, user } = store.session ?? {}
    return {
      name: user && mode !== 'none' ? (user.displayName ?? user.name) : undefined,
      // The user's own reason is more specific than the server's mode.
      reason: user?.readOnlyReason ? say(user.readOnlyReason) : store.isReadOnly ? t('access.readOnlyMode') : undefined,
    }
  })
}
