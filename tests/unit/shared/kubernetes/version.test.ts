import { describe, expect, it } from 'vitest'
import { versionNotice } from '../../../../shared/kubernetes/version'

describe('versionNotice', () => {
  it.each(['v1.20.2', 'v1.23.17-eks-0a21954', '1.9.0'])('warns of %s', (version) => {
    expect(versionNotice(version)?.text).toContain(`Kubernetes ${version} is older than 1.24`)
  })

  it.each(['v1.24.0', 'v1.37.2', 'v1.33.1+k3s1', 'v2.1.0', undefined, 'unknown'])('does not warn of %s', (version) => {
    expect(versionNotice(version)).toBeUndefined()
  })
})
