package io.gatehouse.admin.console;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.model.wire.ApiError;

/** A screen whose operation refused: the operation's own message says why. */
@CdiComponent
@ParentLayout(MainLayout.class)
public class RefusedView extends Page implements HasErrorParameter<ApiError> {

  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<ApiError> parameter) {
    ApiError error = parameter.getException();
    clear();
    trail(Crumb.here(title(error)));
    head(title(error), "");
    add(new EmptyState("", error.getMessage(), Links.to("Go to the start page", "")));
    return error.kind().status();
  }

  private static String title(ApiError error) {
    return switch (error.kind()) {
      case NOT_FOUND -> "Not found";
      case ACCESS_DENIED -> "Not allowed";
      case SERVICE_UNAVAILABLE -> "Not available just now";
      default -> "This did not work";
    };
  }
}
