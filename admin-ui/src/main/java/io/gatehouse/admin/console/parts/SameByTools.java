package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.tabs.TabSheet;

/** How the AWS CLI and Terraform do what a form is about to do, to be opened by who wants it. */
public class SameByTools extends Details {

  private final Div cli = new Div();
  private final Div terraform = new Div();

  public SameByTools() {
    super("Do this with the AWS CLI or Terraform");
    addClassName("gh-same");
    TabSheet tabs = new TabSheet();
    tabs.add("AWS CLI", cli);
    tabs.add("Terraform", terraform);
    add(tabs);
  }

  public void show(String command, String configuration) {
    cli.removeAll();
    cli.add(new Snippet(command, "command"));
    terraform.removeAll();
    terraform.add(new Snippet(configuration, "configuration"));
  }
}
