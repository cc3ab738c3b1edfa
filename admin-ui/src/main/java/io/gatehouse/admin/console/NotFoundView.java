package io.gatehouse.admin.console;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Page;
import jakarta.servlet.http.HttpServletResponse;

/** An address that leads nowhere. */
@CdiComponent
@ParentLayout(MainLayout.class)
public class NotFoundView extends Page implements HasErrorParameter<NotFoundException> {

  @Override
  public int setErrorParameter(
      BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
    clear();
    trail(Crumb.here("Not found"));
    // what the router itself has to say names routes, which is nobody's word for an address
    String said = parameter.getException().getMessage();
    head("There is nothing at this address", "");
    add(
        new EmptyState(
            "",
            said == null || said.isEmpty()
                ? "It may have been deleted, or the address may be mistyped."
                : said,
            Links.to("Go to the start page", "")));
    return HttpServletResponse.SC_NOT_FOUND;
  }
}
