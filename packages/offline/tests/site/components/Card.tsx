import "./card.css";
import styles from "./Card.module.css";

export function Card() {
  return <div class={`card ${styles.inner}`}>card</div>;
}
