package io.gatehouse.admin.console.stages;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Exports;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.model.GetExportRequest;
import software.amazon.awssdk.services.apigateway.model.GetExportResponse;

/** What the stage serves, as documents to download. */
final class ExportCard extends Card {

  ExportCard(Exports exports, Caller caller, GetExportRequest stage) {
    super("Export");
    add(new Paragraph("What this stage serves, with all extensions, to import it elsewhere."));
    Div links = new Div();
    links.addClassName("gh-links");
    for (String type : new String[] {"oas30", "swagger"}) {
      for (String format : new String[] {"json", "yaml"}) {
        String title = type.equals("oas30") ? "OpenAPI 3.0" : "Swagger 2.0";
        GetExportRequest request =
            stage.toBuilder()
                .exportType(type)
                .accepts("application/" + format)
                .parameters(Map.of("extensions", "apigateway,documentation"))
                .build();
        links.add(
            new Anchor(
                download(exports, caller, request, type + "." + format),
                title + " (" + format.toUpperCase(Locale.ROOT) + ")"));
      }
    }
    add(links);
  }

  private static DownloadHandler download(
      Exports exports, Caller caller, GetExportRequest request, String fileName) {
    return DownloadHandler.fromInputStream(
        event -> {
          GetExportResponse export = exports.getExport(caller, request);
          return new DownloadResponse(
              export.body().asInputStream(),
              request.restApiId() + "-" + request.stageName() + "-" + fileName,
              export.contentType(),
              export.body().asByteArrayUnsafe().length);
        });
  }
}
