package io.gatehouse.admin.console.apis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.openapi.ImportedApi;
import io.gatehouse.admin.openapi.ReportLine;
import io.gatehouse.admin.openapi.ReportLine.Kind;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.RestApiRules;
import io.gatehouse.model.wire.ApiError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.ImportRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.RestApi;

class NewApiPresenterTest {

  private final List<String> seen = new ArrayList<>();
  private final List<ImportRestApiRequest> asked = new ArrayList<>();
  private final NewApiPresenter presenter =
      new NewApiPresenter(
          new FakeRestApis(),
          () -> new Caller("111111111111", "us-east-1", "alice", Set.of(), Caller.Door.CONSOLE),
          new FakeScreen());

  @Test
  void aCleanDocumentOpensItsApi() {
    presenter.importDocument("clean", "split", true);

    assertEquals(List.of("open a1"), seen);
    assertEquals("split", asked.getFirst().parameters().get("basepath"));
    assertTrue(asked.getFirst().failOnWarnings());
  }

  @Test
  void whatWasDroppedIsReportedBeforeTheApiIsOpened() {
    presenter.importDocument("warn", "ignore", false);

    assertEquals(List.of("report DROPPED /a"), seen);
  }

  @Test
  void aRefusalIsShownInTheOperationsWords() {
    presenter.importDocument("bad", "ignore", false);

    assertEquals(List.of("refuse Invalid OpenAPI input."), seen);
  }

  @Test
  void nothingIsAskedForAnEmptyDocument() {
    presenter.importDocument("  ", "ignore", false);

    assertTrue(asked.isEmpty());
    assertTrue(seen.getFirst().startsWith("refuse There is no document"), seen::toString);
  }

  @Test
  void theSampleLeadsToTheBackendGiven() {
    String document = SampleApi.document("http://127.0.0.1:9");

    assertTrue(document.contains("uri: http://127.0.0.1:9/pets\n"), document);
    assertFalse(document.contains("stageVariables"), document);
  }

  private final class FakeRestApis extends RestApis {
    @Override
    public RestApi importRestApi(Caller caller, ImportRestApiRequest in) {
      asked.add(in);
      return switch (in.body().asUtf8String()) {
        case "clean" -> RestApi.builder().id("a1").build();
        case "warn" -> RestApi.builder().id("a1").build();
        default -> throw ApiError.badRequest("Invalid OpenAPI input.");
      };
    }

    @Override
    public ImportedApi previewImport(Caller caller, ImportRestApiRequest in) {
      Kind kind = in.body().asUtf8String().equals("clean") ? Kind.KEPT : Kind.DROPPED;
      ApiDefinition api =
          RestApiRules.bare(RestApi.builder().name("a").build(), "a1", "r1", Instant.EPOCH);
      return new ImportedApi(api, List.of(), List.of(new ReportLine("/a", kind, "so")));
    }
  }

  private final class FakeScreen implements NewApiPresenter.Screen {
    @Override
    public void open(RestApi api) {
      seen.add("open " + api.id());
    }

    @Override
    public void report(RestApi api, List<ReportLine> lines) {
      seen.add("report " + lines.getFirst().kind() + " " + lines.getFirst().pointer());
    }

    @Override
    public void refuse(String message) {
      seen.add("refuse " + message);
    }
  }
}
