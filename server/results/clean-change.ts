/** Plans and outcomes of our own MCP server on their way to page and model: without credentials and hidden characters. */
import type { ChangePlan, PlannedObject } from '#shared/change'
import type { ClusterRef, OutcomeResult, ResultNote } from '#shared/result'
import { cleanText } from './clean-text'

/** What a card shows of a plan. Its arguments stay as they are: they are signed, and refused if they hold a credential. */
export function cleanPlan(plan: ChangePlan): ChangePlan {
  return {
    ...plan,
    title: cleanNote(plan.title),
    cluster: cleanCluster(plan.cluster),
    objects: plan.objects.map(cleanObject),
    notes: plan.notes.map(cleanNote),
    ...(plan.confirm !== undefined && { confirm: cleanText(plan.confirm) }),
  }
}

export function cleanOutcome({ kind, status, cluster, asOf, objects, notes }: OutcomeResult): OutcomeResult {
  return {
    kind,
    status,
    cluster: cleanCluster(cluster),
    asOf,
    objects: objects.map((object) => ({
      ...object,
      apiVersion: cleanText(object.apiVersion),
      kind: cleanText(object.kind),
      name: cleanText(object.name),
      notes: object.notes.map(cleanNote),
    })),
    notes: notes.map(cleanNote),
  }
}

/** The sentence and its params; a credential that only the whole sentence gives away leaves nothing but the sentence. */
export function cleanNote({ code, params, text }: ResultNote): ResultNote {
  const clean = cleanText(text)
  const own = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? cleanText(value) : value]),
  )
  const isSame = Object.entries(params).every(([name, value]) => own[name] === value)
  return clean === text || !isSame
    ? { code, params: own, text: clean }
    : { code: 'as-written', params: {}, text: clean }
}

function cleanObject(object: PlannedObject): PlannedObject {
  return {
    ...object,
    apiVersion: cleanText(object.apiVersion),
    kind: cleanText(object.kind),
    name: cleanText(object.name),
    diff: cleanDiff(object.diff),
    assigned: object.assigned.map(cleanText),
    notes: object.notes.map(cleanNote),
  }
}

/** A diff of one sign for each line: the signs are taken off, so that the rest reads as the YAML that it is. */
function cleanDiff(diff: string): string {
  const lines = diff.split('\n')
  const clean = cleanText(lines.map((line) => line.slice(1)).join('\n')).split('\n')
  // A credential of several lines became one: line by line it cannot hide behind a sign either.
  if (clean.length !== lines.length) return cleanText(diff)
  return lines.map((line, at) => `${line.slice(0, 1)}${clean[at] ?? ''}`).join('\n')
}

function cleanCluster(cluster: ClusterRef): ClusterRef {
  const { user, context } = cluster
  return {
    ...cluster,
    name: cleanText(cluster.name),
    ...(user !== undefined && { user: cleanText(user) }),
    ...(context !== undefined && { context: cleanText(context) }),
  }
}
