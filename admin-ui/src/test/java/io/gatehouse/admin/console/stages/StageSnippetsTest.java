package io.gatehouse.admin.console.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.operations.EffectiveSettings.Origin;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.AccessLogSettings;

class StageSnippetsTest {

  private final StageSnippets snippets = new StageSnippets("https://manage.example", "a1", "prod");

  @Test
  void theCliIsGivenPatchesInJsonThatAShellLeavesAsTheyAre() {
    assertEquals(
        """
        aws apigateway update-stage --endpoint-url https://manage.example \\
          --rest-api-id a1 --stage-name prod \\
          --patch-operations '[{"op":"replace","path":"/variables/host","value":"it'\\''s, \\"a\\""},
            {"op":"remove","path":"/variables/old"}]'""",
        snippets.cli(
            List.of(
                StageWrite.set("/variables/host", "", "it's, \"a\""),
                StageWrite.remove("/variables/old", ""))));
    assertEquals("# nothing is changed", snippets.cli(List.of()));
  }

  @Test
  void terraformIsGivenAllSettingsOfTheMethod() {
    String block =
        snippets.terraform(
            "pets/{id}/GET",
            MethodForm.of(
                MethodFormTest.method("pets/{id}/GET", "/pets/{id}", true, Origin.METHOD)));

    assertTrue(block.startsWith("resource \"aws_api_gateway_method_settings\" \"pets-id-GET\" {"));
    for (String line :
        List.of(
            "  rest_api_id = \"a1\"",
            "  stage_name  = \"prod\"",
            "  method_path = \"pets/{id}/GET\"",
            "    logging_level                              = \"ERROR\"",
            "    throttling_rate_limit                      = -1",
            "    throttling_burst_limit                     = 50",
            "    unauthorized_cache_control_header_strategy = \"FAIL_WITH_403\"")) {
      assertTrue(block.lines().anyMatch(line::equals), line + " in\n" + block);
    }
  }

  @Test
  void whatTerraformWouldFillInIsQuoted() {
    String block =
        snippets.terraformAccessLog(
            AccessLogSettings.builder()
                .destinationArn("arn:aws:logs:eu-west-1:1:log-group:g")
                .format("{\"a\":\"${b}\\%{c}\"}")
                .build());

    assertEquals(
        """
        resource "aws_api_gateway_stage" "prod" {
          rest_api_id   = "a1"
          stage_name    = "prod"
          deployment_id = aws_api_gateway_deployment.this.id

          access_log_settings {
            destination_arn = "arn:aws:logs:eu-west-1:1:log-group:g"
            format          = "{\\"a\\":\\"$${b}\\\\%%{c}\\"}"
          }
        }""",
        block);
  }

  @Test
  void variablesAreListedByName() {
    assertTrue(
        snippets
            .terraformVariables(Map.of("b", "2", "a", "1"))
            .contains("  variables = {\n    a = \"1\"\n    b = \"2\"\n  }"));
  }

  @Test
  void aCacheAndTheReasonHeaderAreToldAsToolsWouldSetThem() {
    String cache = snippets.terraformCache(new StageCache.Settings(true, "0.5", true, 60));
    assertTrue(cache.contains("  cache_cluster_size    = \"0.5\""), cache);
    assertTrue(cache.contains("    cache_ttl_in_seconds = 60"), cache);
    assertTrue(
        snippets
            .terraformCache(new StageCache.Settings(false, "0.5", true, 60))
            .contains("  cache_cluster_enabled = false"));

    assertEquals(
        "aws apigateway tag-resource --endpoint-url https://manage.example \\\n"
            + "  --resource-arn arn:x --tags gatehouse:reason-header=off",
        snippets.cliReasonHeader(false, "arn:x"));
    assertTrue(snippets.cliReasonHeader(true, "arn:x").contains(" untag-resource "));
    assertTrue(
        snippets
            .terraformReasonHeader(false)
            .contains("tags = { \"gatehouse:reason-header\" = \"off\" }"));
  }
}
