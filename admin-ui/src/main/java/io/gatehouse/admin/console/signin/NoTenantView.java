package io.gatehouse.admin.console.signin;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.communication.PushMode;
import jakarta.inject.Inject;

/** For a person whom no tenant has let in: says so, and lets them sign in as somebody else. */
@CdiComponent
@Route("no-tenant")
@PageTitle("No tenant · Gatehouse")
public class NoTenantView extends Main {

  @Inject
  public NoTenantView(ConsoleCaller console) {
    addClassName("gh-alone");
    Span mark = new Span();
    mark.addClassName("gh-mark");
    Button signOut =
        new Button(
            "Sign out",
            click -> {
              click
                  .getSource()
                  .getUI()
                  .orElseThrow()
                  .getPushConfiguration()
                  .setPushMode(PushMode.DISABLED);
              click.getSource().getUI().orElseThrow().getPage().setLocation("/logout");
            });
    Div box =
        new Div(
            mark,
            new H1("You are signed in, but not a member of any tenant"),
            new Paragraph(
                "Ask an owner of your tenant, or the operator of this Gatehouse, to let "
                    + console.lastKnown().userName()
                    + " in. Then sign out and in again."),
            signOut);
    box.addClassName("gh-card");
    add(box);
  }
}
