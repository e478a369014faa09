/** The site's logo: a juniper sprig in the current text colour. */
export function Logo({ size = 32 }: { size?: number }) {
  return (
    <svg
      class="logo"
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
    >
      <path
        d="M16 30V6M16 13 9 7M16 13l7-6M16 20l-9-6M16 20l9-6M16 27l-8-5M16 27l8-5"
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
      />
      <g class="berries">
        <circle cx="16" cy="4.5" r="3" />
        <circle cx="7" cy="21" r="2.5" />
        <circle cx="25.5" cy="13" r="2.5" />
      </g>
    </svg>
  );
}
