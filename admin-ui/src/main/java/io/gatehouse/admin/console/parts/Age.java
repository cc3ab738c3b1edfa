package io.gatehouse.admin.console.parts;

import com.vaadin.flow.component.html.Span;

/**
 * How old what is shown is. The theme's script counts by itself, so that it also tells when nothing
 * comes from the server any more.
 */
public class Age extends Span {

  private int news;

  /**
   * @param everySeconds how often news should come
   */
  public Age(int everySeconds) {
    super("not updated yet");
    addClassNames("gh-age", "gh-caption", "gh-number");
    getElement().setAttribute("data-every", Integer.toString(everySeconds));
  }

  /** What is shown is of now. */
  public void isNow() {
    if (news == 0) {
      setText("updated just now");
    }
    news++;
    getElement().setAttribute("data-news", Integer.toString(news));
  }
}
