package io.gatehouse.admin.console.apis;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.openapi.ReportLine;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.model.ImportRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.RestApi;

/** Imports a document and decides what to show then; a refused document stays as it was typed. */
final class NewApiPresenter {

  interface Screen {
    void open(RestApi api);

    /** Something of the document is not as it was written. */
    void report(RestApi api, List<ReportLine> lines);

    void refuse(String message);
  }

  private final RestApis restApis;
  private final Supplier<Caller> caller;
  private final Screen screen;

  NewApiPresenter(RestApis restApis, Supplier<Caller> caller, Screen screen) {
    this.restApis = restApis;
    this.caller = caller;
    this.screen = screen;
  }

  /**
   * @param basePath ignore, prepend or split: what becomes of the document's base path
   */
  void importDocument(String text, String basePath, boolean failOnWarnings) {
    if (text.isBlank()) {
      screen.refuse("There is no document yet: upload a file, paste its text, or take the sample.");
      return;
    }
    ImportRestApiRequest request =
        ImportRestApiRequest.builder()
            .body(SdkBytes.fromUtf8String(text))
            .parameters(Map.of("basepath", basePath))
            .failOnWarnings(failOnWarnings)
            .build();
    try {
      RestApi api = restApis.importRestApi(caller.get(), request);
      // the protocol's answer has warnings only; the preview tells what became of every place
      List<ReportLine> lines = restApis.previewImport(caller.get(), request).report();
      if (lines.stream().allMatch(line -> line.kind() == ReportLine.Kind.KEPT)) {
        screen.open(api);
      } else {
        screen.report(api, lines);
      }
    } catch (ApiError refused) {
      screen.refuse(refused.explained());
    }
  }
}
