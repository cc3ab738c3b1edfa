package io.gatehouse.admin.console.stages;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.operations.MethodSettingField;
import io.gatehouse.model.snapshot.ReasonHeader;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.apigateway.model.AccessLogSettings;

/**
 * How tools make the same changes of a stage, ready to copy.
 *
 * @param endpoint of the management API
 */
record StageSnippets(String endpoint, String apiId, String stageName) {

  /** Patches in JSON: the CLI's shorthand would end a value at its first comma. */
  String cli(List<StageWrite> writes) {
    if (writes.isEmpty()) {
      return "# nothing is changed";
    }
    String patches =
        writes.stream().map(StageSnippets::json).collect(Collectors.joining(",\n    ", "[", "]"));
    return """
    aws apigateway update-stage --endpoint-url %s \\
      --rest-api-id %s --stage-name %s \\
      --patch-operations '%s'"""
        .formatted(endpoint, apiId, stageName, patches.replace("'", "'\\''"));
  }

  private static String json(StageWrite write) {
    JsonObjectBuilder patch =
        JSON.createObjectBuilder().add("op", write.patch().opAsString()).add("path", write.path());
    write.value().ifPresent(value -> patch.add("value", value));
    return patch.build().toString();
  }

  /**
   * @param key of the settings, as {@code pets/{id}/GET}
   */
  String terraform(String key, MethodForm form) {
    Map<MethodSettingField, String> values = form.values();
    return """
    resource "aws_api_gateway_method_settings" "%s" {
      rest_api_id = "%s"
      stage_name  = "%s"
      method_path = %s

      settings {
        logging_level                              = %s
        data_trace_enabled                         = %s
        metrics_enabled                            = %s
        throttling_rate_limit                      = %s
        throttling_burst_limit                     = %s
        caching_enabled                            = %s
        cache_ttl_in_seconds                       = %s
        cache_data_encrypted                       = %s
        require_authorization_for_cache_control    = %s
        unauthorized_cache_control_header_strategy = %s
      }
    }"""
        .formatted(
            label(key.equals("*/*") ? stageName : key),
            apiId,
            stageName,
            quoted(key),
            quoted(values.get(MethodSettingField.LOG_LEVEL)),
            values.get(MethodSettingField.DATA_TRACE),
            values.get(MethodSettingField.METRICS),
            values.get(MethodSettingField.RATE),
            values.get(MethodSettingField.BURST),
            values.get(MethodSettingField.CACHING),
            values.get(MethodSettingField.CACHE_TTL),
            values.get(MethodSettingField.CACHE_ENCRYPTED),
            values.get(MethodSettingField.CACHE_CONTROL_AUTHORIZED),
            quoted(values.get(MethodSettingField.CACHE_CONTROL_STRATEGY)));
  }

  /** Without the block a resource that Terraform has made so far is gone, and so its settings. */
  String terraformWithout(String key) {
    return "# take the block away whose method_path is " + quoted(key) + ", then: terraform apply";
  }

  String terraformVariables(Map<String, String> variables) {
    String lines =
        new TreeMap<>(variables)
            .entrySet().stream()
                .map(entry -> "    " + entry.getKey() + " = " + quoted(entry.getValue()) + "\n")
                .collect(Collectors.joining());
    return stage("  variables = {\n" + lines + "  }");
  }

  /** The id stands for the Terraform resource that made the deployment. */
  String terraformDeployment(String deploymentId) {
    return """
    resource "aws_api_gateway_stage" "%s" {
      rest_api_id   = "%s"
      stage_name    = "%s"
      deployment_id = "%s"
    }"""
        .formatted(label(stageName), apiId, stageName, deploymentId);
  }

  String terraformCanary(String deploymentId, double percent) {
    return stage(
        """
          canary_settings {
            deployment_id   = %s
            percent_traffic = %s
          }"""
            .formatted(quoted(deploymentId), Canary.number(percent))
            .indent(2)
            .stripTrailing());
  }

  String terraformCache(StageCache.Settings cache) {
    if (!cache.on()) {
      return stage("  cache_cluster_enabled = false");
    }
    return stage(
            "  cache_cluster_enabled = true\n  cache_cluster_size    = " + quoted(cache.size()))
        + "\n\n"
        + """
        resource "aws_api_gateway_method_settings" "%s" {
          rest_api_id = "%s"
          stage_name  = "%s"
          method_path = "*/*"

          settings {
            caching_enabled      = %s
            cache_ttl_in_seconds = %d
          }
        }"""
            .formatted(label(stageName), apiId, stageName, cache.byDefault(), cache.ttlSeconds());
  }

  /** How tools turn the reason header, by the tag that is its switch. */
  String cliReasonHeader(boolean on, String arn) {
    return on
        ? "aws apigateway untag-resource --endpoint-url %s \\\n  --resource-arn %s --tag-keys %s"
            .formatted(endpoint, arn, ReasonHeader.TAG)
        : "aws apigateway tag-resource --endpoint-url %s \\\n  --resource-arn %s --tags %s=%s"
            .formatted(endpoint, arn, ReasonHeader.TAG, ReasonHeader.OFF);
  }

  String terraformReasonHeader(boolean on) {
    return stage(
        on
            ? "  # without the tag " + ReasonHeader.TAG
            : "  tags = { " + quoted(ReasonHeader.TAG) + " = " + quoted(ReasonHeader.OFF) + " }");
  }

  String terraformTracing(boolean on) {
    return stage("  xray_tracing_enabled = " + on);
  }

  String terraformAccessLog(AccessLogSettings log) {
    return stage(
        """
          access_log_settings {
            destination_arn = %s
            format          = %s
          }"""
            .formatted(quoted(log.destinationArn()), quoted(log.format()))
            .indent(2)
            .stripTrailing());
  }

  String terraformWithoutAccessLog() {
    return stage("  # no access_log_settings");
  }

  private String stage(String change) {
    return """
    resource "aws_api_gateway_stage" "%s" {
      rest_api_id   = "%s"
      stage_name    = "%s"
      deployment_id = aws_api_gateway_deployment.this.id

    %s
    }"""
        .formatted(label(stageName), apiId, stageName, change);
  }

  private static String label(String name) {
    String label = name.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
    return label.matches("[A-Za-z_].*") ? label : "stage-" + label;
  }

  /** A text in which Terraform finds neither templates nor the end. */
  private static String quoted(String text) {
    return "\""
        + text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("${", "$${")
            .replace("%{", "%%{")
        + "\"";
  }
}
