/** Global setup of the suite `model`: reports its server, or the missing variables. */
const NEEDED = ['TEST_OLLAMA_URL', 'TEST_OLLAMA_SCRIPTS', 'TEST_OLLAMA_SCENARIOS', 'TEST_KUBECONFIG']

export default function announce(): void {
  const missing = NEEDED.filter((name) => !process.env[name])
  console.log(
    missing.length === 0
      ? `The suite model plays the scenarios of ${process.env.TEST_OLLAMA_SCENARIOS}.`
      : `The suite model is skipped: it needs ${missing.join(', ')}. CONTRIBUTING.md says what they are.`,
  )
}
