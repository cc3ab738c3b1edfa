package io.gatehouse.admin.console;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import io.gatehouse.admin.console.UndeployedChanges.Told;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.console.stages.DeployDialog;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.DeploymentHistory;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.GetRestApiRequest;

/** The header's word on changes that are not deployed, and the way to deploy them. */
@CdiComponent
public class UndeployedButton extends Div {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

  private final UndeployedChanges changes;
  private final RestApis restApis;
  private final ConsoleCaller console;
  private final Instance<DeployDialog> deployDialogs;
  private final LiveUpdates live;
  private final Button button = new Button();
  private List<String> path = List.of();
  private Optional<Told> told = Optional.empty();

  @Inject
  public UndeployedButton(
      DeploymentHistory history,
      RestApis restApis,
      ConsoleCaller console,
      Instance<DeployDialog> deployDialogs,
      LiveUpdates live) {
    this.changes = new UndeployedChanges(history);
    this.restApis = restApis;
    this.console = console;
    this.deployDialogs = deployDialogs;
    this.live = live;
    getElement().setAttribute("aria-live", "polite");
    button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    button.addClickListener(click -> Asking.orShow(this::deploy));
    button.setVisible(false);
    add(button);
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    UI ui = attach.getUI();
    live.repeat(
        ui,
        BETWEEN_LOOKS,
        () -> {
          look(ui);
          return !isAttached();
        });
  }

  /**
   * @param segments of the path of the page
   */
  void at(List<String> segments) {
    path = List.copyOf(segments);
    if (UndeployedChanges.apiOf(path).isEmpty()) {
      show(Optional.empty());
    }
    look(UI.getCurrent());
  }

  /** Beside the page, which may be there before a large API is compared. */
  private void look(UI ui) {
    if (UndeployedChanges.apiOf(path).isEmpty()) {
      return;
    }
    Caller caller;
    try {
      caller = console.caller();
    } catch (ApiError unknown) {
      // while the sign-in service cannot say who this is, nothing is told
      return;
    }
    List<String> asked = path;
    live.behind(
        ui,
        () -> {
          Optional<Told> found = changes.tell(caller, asked);
          return () -> {
            if (asked.equals(path)) {
              show(found);
            }
          };
        });
  }

  private void show(Optional<Told> found) {
    if (found.equals(told)) {
      return;
    }
    told = found;
    button.setVisible(found.isPresent());
    button.setText(found.map(Told::words).orElse(""));
    button.setTooltipText(
        found
            .map(
                one ->
                    one.stage()
                        .map(stage -> "See them and deploy to " + stage)
                        .orElse("Deploy to a first stage"))
            .orElse(""));
  }

  private void deploy() {
    told.ifPresent(
        one -> {
          String name =
              restApis
                  .getRestApi(
                      console.caller(), GetRestApiRequest.builder().restApiId(one.apiId()).build())
                  .name();
          UI ui = UI.getCurrent();
          deployDialogs
              .get()
              .open(one.apiId(), name, one.stage(), () -> ui.refreshCurrentRoute(false));
        });
  }
}
