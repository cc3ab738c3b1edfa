package io.gatehouse.admin.console.stages;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.EffectiveSettings;
import io.gatehouse.admin.operations.ResponseCaches;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.Stages;
import io.gatehouse.admin.operations.Tags;
import jakarta.inject.Inject;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** All that can be set of one stage. */
@CdiComponent
@Route(value = "apis/:apiId/stages/:stage/settings", layout = MainLayout.class)
public class StageSettingsView extends StageSection {

  private final EffectiveSettings settings;
  private final ReasonHeaderPresenter reasonHeader;
  private final StageCache cache;
  private final ConsoleCaller console;
  private final Addresses addresses;
  private MethodSettingsCard methods;

  @Inject
  public StageSettingsView(
      RestApis restApis,
      Stages stages,
      EffectiveSettings settings,
      ResponseCaches caches,
      Tags tags,
      ConsoleCaller console,
      Addresses addresses) {
    super(restApis, stages, console, StageTabs.Section.SETTINGS, "Settings");
    this.settings = settings;
    this.reasonHeader = new ReasonHeaderPresenter(tags, console::caller);
    this.cache = new StageCache(stages, caches, console::caller);
    this.console = console;
    this.addresses = addresses;
  }

  @Override
  void fill(StageEditor editor) {
    Caller caller = console.caller();
    Stage stage = editor.stage();
    StageSnippets snippets = new StageSnippets(addresses.managementUrl(), apiId(), stageName());
    methods =
        new MethodSettingsCard(
            editor,
            snippets,
            stage,
            settings.effectiveSettings(caller, apiId(), stageName()),
            location(),
            this::showAgain);
    add(
        methods,
        new VariablesCard(editor, snippets, stage, this::showAgain),
        new AccessLogCard(editor, snippets, stage, destination(caller), this::showAgain),
        new CacheCard(cache, snippets, apiId(), stage, this::showAgain),
        new TracingCard(editor, snippets, stage, this::showAgain),
        new ReasonHeaderCard(reasonHeader, snippets, apiId(), stage));
  }

  private void showAgain() {
    location(methods.location());
    show();
  }

  /** As the vendor names its log groups. */
  private String destination(Caller caller) {
    return "arn:aws:logs:%s:%s:log-group:API-Gateway-Access-Logs_%s/%s"
        .formatted(caller.region(), caller.account(), apiId(), stageName());
  }
}
