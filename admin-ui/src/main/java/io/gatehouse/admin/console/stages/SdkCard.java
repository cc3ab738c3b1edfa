package io.gatehouse.admin.console.stages;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Sdks;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.model.GetSdkRequest;
import software.amazon.awssdk.services.apigateway.model.GetSdkResponse;

/** Client code for what the stage serves, to download. */
final class SdkCard extends Card {

  /** By type; whoever wants other names asks the management API's GetSdk. */
  private static final Map<String, String> TITLES = titles();

  private static final Map<String, Map<String, String>> PARAMETERS =
      Map.of("java", Map.of("service.name", "Client", "java.package-name", "com.example.client"));

  SdkCard(Sdks sdks, Caller caller, String apiId, String stageName) {
    super("SDK");
    add(new Paragraph("A client of this stage for your customers, as an archive of its code."));
    Div links = new Div();
    links.addClassName("gh-links");
    TITLES.forEach(
        (type, title) -> {
          GetSdkRequest request =
              GetSdkRequest.builder()
                  .restApiId(apiId)
                  .stageName(stageName)
                  .sdkType(type)
                  .parameters(PARAMETERS.getOrDefault(type, Map.of()))
                  .build();
          Anchor link = new Anchor(download(sdks, caller, request), title);
          link.getElement().setAttribute("aria-label", "Download the SDK for " + title);
          links.add(link);
        });
    add(links);
  }

  private static Map<String, String> titles() {
    Map<String, String> titles = new LinkedHashMap<>();
    titles.put("typescript", "TypeScript");
    titles.put("javascript", "JavaScript");
    titles.put("python", "Python");
    titles.put("java", "Java");
    return titles;
  }

  private static DownloadHandler download(Sdks sdks, Caller caller, GetSdkRequest request) {
    return DownloadHandler.fromInputStream(
        event -> {
          GetSdkResponse sdk = sdks.getSdk(caller, request);
          return new DownloadResponse(
              sdk.body().asInputStream(),
              request.restApiId() + "-" + request.stageName() + "-" + request.sdkType() + ".zip",
              sdk.contentType(),
              sdk.body().asByteArrayUnsafe().length);
        });
  }
}
