package io.gatehouse.admin.console.apis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.console.apis.ApiChecklist.Item;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.AccessLogSettings;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.Stage;

class ApiChecklistTest {

  private static final Resource PETS =
      Resource.builder()
          .path("/pets")
          .resourceMethods(
              Map.of(
                  "GET",
                  Method.builder().httpMethod("GET").apiKeyRequired(true).build(),
                  "POST",
                  Method.builder()
                      .httpMethod("POST")
                      .authorizationType("AWS_IAM")
                      .requestValidatorId("v")
                      .build(),
                  "OPTIONS",
                  Method.builder().httpMethod("OPTIONS").authorizationType("NONE").build()))
          .build();

  private static Item item(List<Item> items, String title) {
    return items.stream().filter(one -> one.title().equals(title)).findFirst().orElseThrow();
  }

  @Test
  void methodsAreCountedAndPreflightsAreNot() {
    List<Item> items = ApiChecklist.of("a1", List.of(PETS), List.of());

    assertEquals(2, items.size(), "nothing is said of stages without any");
    assertTrue(item(items, "Who may call").set());
    Item validation = item(items, "Requests are checked");
    assertFalse(validation.set());
    assertEquals("1 of 2 methods have a validator", validation.words());
    assertEquals("apis/a1/resources", validation.path());
  }

  @Test
  void aStageThatLacksSomethingIsNamedAndLinked() {
    Stage dev = Stage.builder().stageName("dev").build();
    Stage prod =
        Stage.builder()
            .stageName("prod")
            .methodSettings(
                Map.of(
                    "*/*",
                    MethodSetting.builder().throttlingRateLimit(5.0).loggingLevel("INFO").build()))
            .build();

    List<Item> items = ApiChecklist.of("a1", List.of(PETS), List.of(prod, dev));
    assertTrue(item(items, "Throttle").words().contains("on dev"));
    assertEquals("apis/a1/stages/dev/settings", item(items, "Throttle").path());
    assertFalse(item(items, "Logs").set());

    List<Item> whole = ApiChecklist.of("a1", List.of(PETS), List.of(prod));
    assertTrue(item(whole, "Throttle").set());
    assertTrue(item(whole, "Logs").set());
    Stage access =
        Stage.builder()
            .stageName("s")
            .accessLogSettings(AccessLogSettings.builder().format("$context.requestId").build())
            .build();
    assertTrue(item(ApiChecklist.of("a1", List.of(PETS), List.of(access)), "Logs").set());
  }
}
