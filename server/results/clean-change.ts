/** Removes credentials and hidden characters from plans and outcomes of our own MCP server. */
import type { ChangePlan, PlannedObject } from '#shared/changes/change'
import type { ClusterRef, OutcomeResult } from '#shared/result'
import { cleanMessage } from './clean-message'
import { cleanText } from './clean-text'

/**
 * The visible parts of a plan. Its arguments stay unchanged: they are signed, and refused if they contain a credential.
 */
export function cleanPlan(plan: ChangePlan): ChangePlan {
  return {
    ...plan,
    title: cleanMessage(plan.title),
    cluster: cleanCluster(plan.cluster),
    objects: plan.objects.map(cleanObject),
    notes: plan.notes.map(cleanMessage),
    ...(plan.confirm !== undefined && { confirm: cleanText(plan.confirm) }),
    ...(plan.command !== undefined && { command: cleanText(plan.command) }),
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
      notes: object.notes.map(cleanMessage),
    })),
    notes: notes.map(cleanMessage),
  }
}

function cleanObject(object: PlannedObject): PlannedObject {
  return {
    ...object,
    apiVersion: cleanText(object.apiVersion),
    kind: cleanText(object.kind),
    name: cleanText(object.name),
    diff: cleanDiff(object.diff),
    ...(object.patch !== undefined && { patch: cleanText(object.patch) }),
    assigned: object.assigned.map(cleanText),
    notes: object.notes.map(cleanMessage),
  }
}

/** Cleans a diff without its signs, so that it parses as YAML. */
function cleanDiff(diff: string): string {
  const lines = diff.split('\n')
  const clean = cleanText(lines.map((line) => line.slice(1)).join('\n')).split('\n')
  // A multi-line credential was merged; cleaning the whole text keeps it from hiding behind signs.
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
