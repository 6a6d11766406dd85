import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
import type { Finding, FindingsResult } from '../../../../shared/findings'
import { findingsText } from '../../../../shared/results/findings-text'

const words = (text: string) => ({ code: 'words', params: { words: text }, text })

function finding(number: number): Finding {
  const object = { kind: 'Pod', namespace: 'shop', name: `cart-6d5f7c9b8d-${number}` }
  return {
    check: 'container-crash',
    severity: 'critical',
    certainty: 'certain',
    object,
    objects: 3,
    cause: words(`Container cart cannot connect to redis-${number}.`),
    evidence: Array.from({ length: 6 }, (_, row) => ({
      source: 'log' as const,
      text: words(`line ${row} ${'detail '.repeat(40)}`),
    })),
    next: words('Check that the service runs, and its name and port.'),
    reference: 'https://kubernetes.io/docs/',
    chain: [{ object: { kind: 'Deployment', name: 'cart' }, state: words('0 of 3 pods are ready.') }],
    runbook: { title: 'Redis', text: 'Look at the dashboard. '.repeat(100) },
  }
}

function result(count: number): FindingsResult {
  const findings = Array.from({ length: Math.min(20, count) }, (_, index) => finding(index))
  return {
    kind: 'findings',
    verdict: 'bad',
    summary: words('Pod cart: it crashes.'),
    findings,
    total: count,
    checks: 30,
    objects: 99,
  }
}

describe('findings for the model', () => {
  it('take at most 600 tokens, however many there are', () => {
    for (const count of [1, 4, 20, 1000])
      expect(encode(findingsText(result(count), { maxTokens: 1200 })).length).toBeLessThanOrEqual(600)
  })

  it('begin with the verdict and the first cause', () => {
    const [verdict, first] = findingsText(result(1000), { maxTokens: 1200 }).split('\n')
    expect(verdict).toBe('Verdict: Pod cart: it crashes.')
    expect(first).toContain('cannot connect to redis-0')
  })

  it('count what they leave out', () => {
    expect(findingsText(result(1000), { maxTokens: 1200 })).toMatch(/\n99\d more less important findings are left out/)
  })

  it('have the runbook if there is room', () => {
    const one = result(1)
    const [only] = one.findings
    const text = findingsText({ ...one, findings: only ? [{ ...only, evidence: [] }] : [] }, { maxTokens: 1200 })
    expect(text).toContain('runbook Redis: Look at the dashboard.')
  })
})
