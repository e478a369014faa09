/**
 * Loaded by every page. Styles imported here are bundled with a hash in their
 * name, and reload in development.
 *
 * @module
 */
import "./assets/styles.css";
// #region shop
import "./assets/shop.css";
// #endregion
