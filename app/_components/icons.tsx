import type { ReactNode, SVGProps } from "react";

export type IconProps = SVGProps<SVGSVGElement> & { size?: number };

/** The frame of all of them; decoration only, the words beside them carry the meaning. */
function Frame({ size = 20, children, ...props }: IconProps) {
  return (
    <svg
      viewBox="0 0 20 20"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      {...props}
    >
      {children}
    </svg>
  );
}

/** Line icons of one pen width on a 20-unit square. */
const icon = (children: ReactNode) => (props: IconProps) => <Frame {...props}>{children}</Frame>;

export const IconHome = icon(<path d="M3 9.5 10 3.5l7 6M5 8.5V16.5h10V8.5" />);
export const IconCards = icon(<path d="M4.5 2.5h11v15h-11zM7.5 6h1.5M11 6h1.5M7.5 10h1.5M11 10h1.5M7.5 14h1.5M11 14h1.5" />);
export const IconScans = icon(<path d="M3 7V3.5h3.5M13.5 3.5H17V7M17 13v3.5h-3.5M6.5 16.5H3V13M3 10h14" />);
export const IconReview = icon(<path d="M3 4h5v5H3zM12 4h5v5h-5zM3 12.5h5v4H3zM11.5 14.5l2 2 4-4.5" />);
export const IconQuality = icon(<path d="M10 2.5 16 5v4.5c0 4-2.6 6.6-6 8-3.4-1.4-6-4-6-8V5zM7 9.8l2.2 2.2L13 7.8" />);
export const IconDatasets = icon(<path d="M3.5 5.5 10 2.5l6.5 3L10 8.5zM3.5 10l6.5 3 6.5-3M3.5 14.2l6.5 3 6.5-3" />);
export const IconTrain = icon(<path d="M3 3v14h14M5.5 5.5c1.5 6 4 7.6 11 8" />);
export const IconEvaluate = icon(<path d="M3.5 3.5h13v13h-13zM3.5 10h13M10 3.5v13M5.5 5.5h2.5v2.5H5.5zM12 12h2.5v2.5H12z" />);
export const IconDraw = icon(<path d="M3.5 16.5c1-4 2-6 4.5-8.5l5-5 3.5 3.5-5 5c-2.5 2.5-4.5 4-8 5zM8 8l3.5 3.5" />);
export const IconHow = icon(
  <path
    d="M4 5.5h.01M4 10h.01M4 14.5h.01M10 7.5h.01M10 12.5h.01M16 10h.01M4 5.5l6 2 6 2.5M4 10l6-2.5M4 10l6 2.5 6-2.5M4 14.5l6-2M4 5.5l6 7M4 14.5l6-7"
    strokeWidth={1.1}
  />,
);
export const IconMenu = icon(<path d="M3 6h14M3 10h14M3 14h14" />);
export const IconCheck = icon(<path d="m4 10.5 4 4 8-9" />);
export const IconCross = icon(<path d="m5 5 10 10M15 5 5 15" />);
export const IconWarning = icon(<path d="M10 3 18 16.5H2zM10 8v4M10 14.3v.01" />);
export const IconArrowRight = icon(<path d="M3.5 10h13M11.5 5l5 5-5 5" />);
export const IconArrowLeft = icon(<path d="M16.5 10h-13M8.5 5l-5 5 5 5" />);
export const IconChevronDown = icon(<path d="m5 7.5 5 5 5-5" />);
export const IconPlus = icon(<path d="M10 4v12M4 10h12" />);
export const IconMinus = icon(<path d="M4 10h12" />);
export const IconSun = icon(
  <path d="M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1" />,
);
export const IconMoon = icon(<path d="M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3z" />);
export const IconAuto = icon(
  <>
    <circle cx="10" cy="10" r="6.5" />
    <path d="M10 3.5v13a6.5 6.5 0 0 0 0-13z" fill="currentColor" />
  </>,
);
export const IconKeyboard = icon(<path d="M2.5 5.5h15v9h-15zM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.5 11.5h7" />);
export const IconDownload = icon(<path d="M10 3v9.5M5.5 8.5l4.5 4.5 4.5-4.5M3.5 16.5h13" />);
export const IconUpload = icon(<path d="M10 13V3.5M5.5 7.5 10 3l4.5 4.5M3.5 16.5h13" />);
export const IconCamera = icon(
  <>
    <path d="M2.5 6h3.5l1.5-2.5h5L14 6h3.5v10h-15z" />
    <circle cx="10" cy="10.7" r="3" />
  </>,
);
export const IconTrash = icon(<path d="M3.5 5.5h13M8 5.5V3.5h4v2M5 5.5l.8 11h8.4l.8-11M8.5 8.5v5M11.5 8.5v5" />);
export const IconRetry = icon(<path d="M16 10a6 6 0 1 1-1.8-4.3M16.5 2.5v4h-4" />);
export const IconPlay = icon(<path d="M6 4v12l10-6z" />);
