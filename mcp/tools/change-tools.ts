/** The writing tools in the order that the model sees. */
import { draftedTool, helmTool } from '../changes/change-tool'
import type { ChangeTool } from '../changes/change-tool'
import { ConfigError } from '../config'
import { readHelmConfig } from '../helm/program/config'
import { helmWriteTools } from './helm-writes'
import { rolloutEffect, writeTools } from './writes'

/** @throws ConfigError for an invalid Helm setting */
export function changeTools(environment: Readonly<Record<string, string | undefined>>): ChangeTool[] {
  try {
    const helm = helmWriteTools(readHelmConfig(environment))
    return [...writeTools.map(draftedTool), ...helm.map(helmTool)]
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : String(error))
  }
}

/** `kubectl_rollout` also reads. */
export function isChange(tool: string, raw: unknown): boolean {
  return tool !== 'kubectl_rollout' || rolloutEffect(raw) === 'write'
}
