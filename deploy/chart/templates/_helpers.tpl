{{- define "assistant.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 52 | trimSuffix "-" }}
{{- end }}

{{- define "assistant.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" }}
{{- else if contains (include "assistant.name" .) .Release.Name }}
{{- .Release.Name | trunc 52 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "assistant.name" .) | trunc 52 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "assistant.selector" -}}
app.kubernetes.io/name: {{ include "assistant.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "assistant.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{ include "assistant.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "assistant.image" -}}
{{- with .Values.image }}
{{- if .digest }}{{ .repository }}@{{ .digest }}{{ else }}{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end }}
{{- end }}

{{- define "assistant.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (include "assistant.fullname" .) }}
{{- end }}

{{/* The service account that reads and changes the cluster: of the MCP server if it runs on its own. */}}
{{- define "assistant.clusterAccount" -}}
{{- if .Values.mcp.enabled }}{{ include "assistant.fullname" . }}-mcp{{ else }}{{ include "assistant.serviceAccount" . }}{{ end }}
{{- end }}

{{/* Whether the assistant reads the cluster with a service account: with AUTH_MODE=rancher each user's token is used. */}}
{{- define "assistant.hasAccount" -}}
{{- if not (or .Values.mcp.url (eq (default "" .Values.settings.AUTH_MODE) "rancher")) }}true{{ end }}
{{- end }}

{{/* auto, off or file. */}}
{{- define "assistant.tls" -}}
{{- if .Values.tls.existingSecret }}file
{{- else if and (eq .Values.tls.mode "auto") (or .Values.ingress.enabled .Values.httpRoute.enabled) }}off
{{- else }}{{ .Values.tls.mode }}
{{- end }}
{{- end }}

{{/* Names under which requests arrive. Without a login, and without any name with one, all addresses are valid. */}}
{{- define "assistant.allowedHosts" -}}
{{- $hosts := concat (default (list) .Values.settings.ALLOWED_HOSTS) (ternary .Values.ingress.hosts (list) .Values.ingress.enabled) (ternary .Values.httpRoute.hostnames (list) .Values.httpRoute.enabled) }}
{{- if and .Values.rancher.enabled .Values.rancher.host }}{{ $hosts = append $hosts .Values.rancher.host }}{{ end }}
{{- $hosts | uniq | join "," }}
{{- end }}

{{/* The port of a URL. */}}
{{- define "assistant.portOf" -}}
{{- $url := urlParse . }}
{{- $port := regexFind ":[0-9]+$" $url.host | trimPrefix ":" }}
{{- $port | default (ternary "443" "80" (eq $url.scheme "https")) }}
{{- end }}

{{/* Settings that the chart derives from other values. They win over .Values.settings. */}}
{{- define "assistant.derived" -}}
{{- $derived := dict "HOST" "0.0.0.0" "PORT" "8005" "TLS" (include "assistant.tls" .) "XDG_STATE_HOME" "/data" "HOME" "/tmp" }}
{{- if .Values.tls.existingSecret }}
{{- $_ := set $derived "TLS_CERT_FILE" "/tls/tls.crt" }}
{{- $_ := set $derived "TLS_KEY_FILE" "/tls/tls.key" }}
{{- end }}
{{- with .Values.model.url }}{{ $_ := set $derived "OLLAMA_BASE_URL" . }}{{ end }}
{{- with .Values.model.name }}{{ $_ := set $derived "OLLAMA_MODEL" . }}{{ end }}
{{- if .Values.mcp.enabled }}
{{- $_ := set $derived "MCP_SERVER_URL" (printf "http://%s-mcp:3000/mcp" (include "assistant.fullname" .)) }}
{{- else if .Values.mcp.url }}
{{- $_ := set $derived "MCP_SERVER_URL" .Values.mcp.url }}
{{- end }}
{{- with include "assistant.allowedHosts" . }}{{ $_ := set $derived "ALLOWED_HOSTS" . }}{{ end }}
{{- if .Values.changes.enabled }}{{ $_ := set $derived "ACCESS_MODE" "approve" }}{{ end }}
{{- if .Values.rancher.enabled }}
{{- $_ := set $derived "EXTENSION_PORT" (toString .Values.rancher.extension.port) }}
{{- if not (hasKey .Values.settings "FRAME_ANCESTORS") }}{{ $_ := set $derived "FRAME_ANCESTORS" "'self'" }}{{ end }}
{{- end }}
{{- if .Values.metrics.enabled }}
{{- $_ := set $derived "METRICS_HOST" "0.0.0.0" }}
{{- $_ := set $derived "METRICS_PORT" (toString .Values.metrics.port) }}
{{- end }}
{{- if .Values.runbooksConfigMap }}{{ $_ := set $derived "RUNBOOKS_FILE" "/runbooks/runbooks.yaml" }}{{ end }}
{{- if .Values.caConfigMap }}{{ $_ := set $derived "NODE_EXTRA_CA_CERTS" "/ca/ca.crt" }}{{ end }}
{{- toYaml $derived }}
{{- end }}

{{/* All settings as environment variables: lists joined as the server reads them. */}}
{{- define "assistant.env" -}}
{{- $derived := include "assistant.derived" . | fromYaml }}
{{- if and (gt (int .Values.replicas) 1) (not (hasKey .Values.settings "AUDIT_FILE")) }}
- name: POD_NAME
  valueFrom: { fieldRef: { fieldPath: metadata.name } }
# Each replica appends to a file of its own.
- name: AUDIT_FILE
  value: /data/k8s-ai-assistant/audit-$(POD_NAME).jsonl
{{- end }}
{{- range $name, $value := merge $derived .Values.settings }}
{{- $text := "" }}
{{- if kindIs "slice" $value }}{{ $text = join (ternary " " "," (eq $name "FRAME_ANCESTORS")) $value }}
{{- else if kindIs "bool" $value }}{{ $text = ternary "1" "0" $value }}
{{- else if and (kindIs "float64" $value) (eq $value (floor $value)) }}{{ $text = printf "%.0f" $value }}
{{- else }}{{ $text = toString $value }}
{{- end }}
- name: {{ $name }}
  value: {{ $text | quote }}
{{- end }}
{{- end }}

{{- define "assistant.probe" -}}
httpGet:
  path: /ready
  port: web
  scheme: {{ if eq (include "assistant.tls" .) "off" }}HTTP{{ else }}HTTPS{{ end }}
  httpHeaders:
    - name: Host
      value: {{ splitList "," (include "assistant.allowedHosts" .) | first | default "localhost" | quote }}
{{- end }}

{{/* Nothing more than the process needs. */}}
{{- define "assistant.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{- define "assistant.check" -}}
{{- if and (gt (int .Values.replicas) 1) (not .Values.redis.enabled) }}
{{- fail "replicas: more than one needs redis.enabled, with REDIS_URL and APPROVAL_KEY in one of existingSecrets" }}
{{- end }}
{{- if and .Values.changes.enabled .Values.mcp.enabled }}
{{- fail "changes.enabled: the MCP server of mcp.enabled only reads; disable one of them" }}
{{- end }}
{{- if and .Values.mcp.enabled .Values.mcp.url }}
{{- fail "mcp.url: has no effect with mcp.enabled; unset one of them" }}
{{- end }}
{{- if and .Values.mcp.enabled (not .Values.mcp.existingSecret) }}
{{- fail "mcp.existingSecret: mcp.enabled needs a Secret with the key MCP_AUTH_TOKEN" }}
{{- end }}
{{- if and .Values.persistence.enabled (gt (int .Values.replicas) 1) (not (has "ReadWriteMany" .Values.persistence.accessModes)) }}
{{- fail "persistence.accessModes: several replicas need ReadWriteMany" }}
{{- end }}
{{- if and .Values.rancher.enabled (not .Values.rancher.host) }}
{{- fail "rancher.host: rancher.enabled needs the host of Rancher's URL" }}
{{- end }}
{{- if and .Values.metrics.serviceMonitor.enabled (not .Values.metrics.enabled) }}
{{- fail "metrics.serviceMonitor.enabled needs metrics.enabled" }}
{{- end }}
{{- end }}
