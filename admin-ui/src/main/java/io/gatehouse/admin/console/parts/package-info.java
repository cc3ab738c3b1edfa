/** What the screens of all areas are put together from. */
package io.gatehouse.admin.console.parts;
