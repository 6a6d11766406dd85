/** Tells an English sentence by what a translator would have to translate. */

/** What Kubernetes and this product are called in every language. */
const TERMS =
  /\b(?:pods?|deployments?|daemonsets?|statefulsets?|replicasets?|jobs?|cronjobs?|nodes?|namespaces?|services?|secrets?|configmaps?|containers?|init|rollouts?|labels?|annotations?|selectors?|events?|logs?|charts?|releases?|revisions?|values|hooks?|finalizers?|webhooks?|quotas?|kubelet|kubectl|helm|kubeconfig|context|manifest|yaml|json|admission|policy|drift|self-heal|dry|run|out of|of)\b/gi

/** Words that hardly an English sentence lacks. */
const STOP =
  /^(?:the|a|an|can|do|may|so|is|are|was|were|be|been|it|its|this|that|these|those|which|what|who|whose|with|without|for|from|not|nor|and|or|but|if|when|while|before|after|than|then|there|here|has|have|had|cannot|could|must|will|would|should|does|did|by|as|only|all|other|another|more|most|some|any|your|you|set|since|because|until|again|already|now|to|of)$/i

/** Those of them that are also words of another language, by its code. */
const ALIKE: Readonly<Record<string, readonly string[]>> = {
  vi: ['a', 'an', 'can', 'do', 'may', 'so'],
}

/**
 * A run of three words or more with an English stop word in it.
 * @param text without the values of its parameters
 * @param language code of the language that the text should be in
 */
export function englishSentence(text: string, language: string): string | undefined {
  const alike = new Set(ALIKE[language])
  let run: string[] = []
  for (const token of [...text.replace(TERMS, '·').split(/\s+/), '·']) {
    const word = token.replace(/^["'(]+|["').,:;!?…]+$/g, '')
    if (/^[A-Za-z][A-Za-z'-]*$/.test(word)) run.push(word)
    else {
      if (run.length >= 3 && run.some((each) => STOP.test(each) && !alike.has(each.toLowerCase()))) return run.join(' ')
      run = []
    }
  }
  return undefined
}
