export const viChangeNotes: Record<string, string> = {}
