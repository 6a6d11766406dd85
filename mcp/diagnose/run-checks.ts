/** Runs the checks over a world, and puts their findings in order. */
import { checks } from './checks'
import { causesOf } from './chains/causes'
import type { Cause } from './chains/causes'
import { groupFound } from './chains/group'
import { ranked } from './chains/rank'
import { causesFor, causesIn } from './chains/target'
import type { Ref } from './types'
import type { World } from './world/world'

export interface Diagnosis {
  /** The most important first. */
  causes: Cause[]
  /** Number of checks whose kinds were all read. */
  checks: number
}

export interface About {
  /** Only causes that concern these objects. */
  targets?: readonly Ref[] | undefined
  /** Only causes with an effect in this namespace. */
  namespace?: string | undefined
}

export function runChecks(world: World, { targets, namespace }: About = {}): Diagnosis {
  const able = checks.filter(({ reads }) => reads.some((kind) => world.wasRead(kind)))
  const found = able.flatMap((check) => check.find(world).map((each) => ({ check, found: each })))
  const all = causesOf(world, groupFound(world, found))
  const causes = targets ? causesFor(world, all, targets) : namespace === undefined ? all : causesIn(all, namespace)
  const complete = able.filter(({ reads }) => reads.every((kind) => world.wasRead(kind)))
  return { causes: ranked(causes), checks: complete.length }
}
