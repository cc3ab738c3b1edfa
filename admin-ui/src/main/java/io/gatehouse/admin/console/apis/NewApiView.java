package io.gatehouse.admin.console.apis;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.UploadHandler;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.openapi.ReportLine;
import io.gatehouse.admin.operations.RestApis;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import software.amazon.awssdk.services.apigateway.model.RestApi;

/** A new API out of an OpenAPI document: uploaded, pasted, or the sample. */
@CdiComponent
@Route(value = "apis/new", layout = MainLayout.class)
public class NewApiView extends Page implements BeforeEnterObserver, NewApiPresenter.Screen {

  /** As the vendor's limit on documents. */
  private static final int LARGEST_DOCUMENT = 6 * 1024 * 1024;

  private final Addresses addresses;
  private final NewApiPresenter presenter;
  private final TextArea document = new TextArea("OpenAPI document");
  private final Select<String> basePath = new Select<>();
  private final Checkbox failOnWarnings =
      new Checkbox("Refuse the document if anything is dropped");
  private final Note refusal = new Note();
  private final Div form = new Div();
  private final Button importIt = new Button("Import API");

  @Inject
  public NewApiView(RestApis restApis, ConsoleCaller console, Addresses addresses) {
    super(new Crumb("APIs", Links.path("apis")), Crumb.here("Import"));
    this.addresses = addresses;
    presenter = new NewApiPresenter(restApis, console::caller, this);
    head(
        "Import an API",
        "OpenAPI 2 or 3, as JSON or YAML. Integrations come from"
            + " x-amazon-apigateway-integration; nothing is live before you deploy.");
    document.addClassName("gh-document");
    document.setValueChangeMode(ValueChangeMode.ON_CHANGE);
    document.setMaxLength(LARGEST_DOCUMENT);
    document.setPlaceholder("Paste the document here, or upload a file");
    document.getElement().setAttribute("spellcheck", "false");
    basePath.setLabel("Base path of the document");
    basePath.setItems("ignore", "prepend", "split");
    basePath.setItemLabelGenerator(NewApiView::inWords);
    basePath.setValue("ignore");
    importIt.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    importIt.setDisableOnClick(true);
    importIt.addClickListener(
        click -> {
          refusal.hush();
          presenter.importDocument(
              document.getValue(), basePath.getValue(), failOnWarnings.getValue());
          importIt.setEnabled(true);
        });
    Div sources = new Div(upload(), new Button("Use the pet store sample", click -> sample()));
    sources.addClassName("gh-toolbar");
    Div options = new Div(basePath, failOnWarnings);
    options.addClassName("gh-toolbar");
    Div actions =
        new Div(importIt, new Button("Cancel", click -> UI.getCurrent().navigate("apis")));
    actions.addClassName("gh-toolbar");
    form.add(sources, document, options, refusal, actions);
    form.addClassNames("gh-card", "gh-form");
    add(form);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    boolean wantsSample =
        event
            .getLocation()
            .getQueryParameters()
            .getSingleParameter("sample")
            .filter("petstore"::equals)
            .isPresent();
    if (wantsSample && document.isEmpty()) {
      sample();
    }
  }

  @Override
  public void open(RestApi api) {
    Toast.done("Imported " + api.name());
    UI.getCurrent().navigate(Links.path("apis", api.id()));
  }

  @Override
  public void report(RestApi api, List<ReportLine> lines) {
    Button go =
        new Button(
            "Open " + api.name(), click -> UI.getCurrent().navigate(Links.path("apis", api.id())));
    go.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    clear();
    head("Imported " + api.name(), "Nothing is live before you deploy.");
    add(new Card("Import report", new ImportReport(lines)).beside(go));
    go.focus();
  }

  @Override
  public void refuse(String message) {
    refusal.say(Tone.ERROR, message);
  }

  private void sample() {
    document.setValue(SampleApi.document(addresses.sampleBackendUrl()));
    document.focus();
  }

  private Upload upload() {
    Upload upload =
        new Upload(
            UploadHandler.inMemory(
                (file, bytes) -> {
                  document.setValue(new String(bytes, StandardCharsets.UTF_8));
                  refusal.hush();
                }));
    upload.setMaxFiles(1);
    upload.setMaxFileSize(LARGEST_DOCUMENT);
    upload.setAcceptedFileTypes(".json", ".yaml", ".yml", "application/json", "text/yaml");
    upload.setUploadButton(new Button("Upload a file"));
    upload.addFileRejectedListener(
        rejected ->
            refusal.say(
                Tone.ERROR, rejected.getErrorMessage() + " (at most 6 MB, .json or .yaml)"));
    return upload;
  }

  private static String inWords(String basePath) {
    return switch (basePath) {
      case "prepend" -> "prepend: put it before every path";
      case "split" -> "split: its first part is the stage";
      default -> "ignore: leave it out";
    };
  }
}
