/** All detectors. To add one, add a file and a line here: pre-filter and tests are computed from its data. */
import type { Detector } from './detector'
import { secretLiteral } from './detectors/commands/secret-literal'
import { shortOption } from './detectors/commands/short-option'
import { base64 } from './detectors/encoded/base64'
import { encodedKey } from './detectors/encoded/encoded-key'
import { generated } from './detectors/encoded/generated'
import { lastApplied } from './detectors/manifests/last-applied'
import { secretGo } from './detectors/manifests/secret-go'
import { secretJson } from './detectors/manifests/secret-json'
import { secretYaml } from './detectors/manifests/secret-yaml'
import { announced } from './detectors/names/announced'
import { assignment } from './detectors/names/assignment'
import { below } from './detectors/names/below'
import { callArgument } from './detectors/names/call-argument'
import { column } from './detectors/names/column'
import { described } from './detectors/names/described'
import { element } from './detectors/names/element'
import { fieldPair } from './detectors/names/field-pair'
import { flag } from './detectors/names/flag'
import { nested } from './detectors/names/nested'
import { prose } from './detectors/names/prose'
import { cookie } from './detectors/tokens/cookie'
import { header } from './detectors/tokens/header'
import { jwk } from './detectors/tokens/jwk'
import { jwt } from './detectors/tokens/jwt'
import { keyLines } from './detectors/tokens/key-lines'
import { partedToken } from './detectors/tokens/parted-token'
import { passwordFile } from './detectors/tokens/password-file'
import { passwordHash } from './detectors/tokens/password-hash'
import { pem } from './detectors/tokens/pem'
import { shape } from './detectors/tokens/shape'
import { dataSource } from './detectors/urls/data-source'
import { signedUrl } from './detectors/urls/signed-url'
import { userInfo } from './detectors/urls/user-info'
import { webhook } from './detectors/urls/webhook'

export const DETECTORS: readonly Detector[] = [
  ...[assignment, below, nested, fieldPair, element, callArgument, flag, prose, announced, column, described],
  ...[shortOption, secretLiteral],
  ...[userInfo, signedUrl, webhook, dataSource],
  ...[jwt, header, cookie, shape, partedToken, pem, keyLines, passwordHash, passwordFile, jwk],
  ...[lastApplied, secretYaml, secretJson, secretGo],
  ...[encodedKey, base64, generated],
]
